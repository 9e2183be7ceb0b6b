import { Module } from '@nestjs/common';
import { JudgeController } from './judge-routes.js';
import { ReportController } from './report-routes.js';
import { AuditController } from './routes.js';

@Module({ controllers: [AuditController, JudgeController, ReportController] })
export class AuditModule {}
