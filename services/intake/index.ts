import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { IntakeDesk, SubmitHandler } from './desk.js';
import { NdjsonController } from './ndjson.js';
import { commandController, CorrectionController } from './routes.js';

@Module({
  imports: [CqrsModule.forRoot()],
  controllers: [commandController(), CorrectionController, NdjsonController],
  providers: [IntakeDesk, SubmitHandler],
})
export class IntakeModule {}
