import { Module } from '@nestjs/common';
import { AuditController } from './routes.js';

@Module({ controllers: [AuditController] })
export class AuditModule {}
