import { Module } from '@nestjs/common';
import { ReportController } from './report-routes.js';
import { AuditController } from './routes.js';

@Module({ controllers: [AuditController, ReportController] })
export class AuditModule {}
