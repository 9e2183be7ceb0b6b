import { Module } from '@nestjs/common';
import { JudgeController } from './judge-routes.js';
import { AuditController } from './routes.js';

@Module({ controllers: [AuditController, JudgeController] })
export class AuditModule {}
