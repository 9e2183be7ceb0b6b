import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { IntakeDesk, SubmitHandler } from './desk.js';
import { NdjsonController } from './ndjson.js';
import { commandController, CorrectionController } from './routes.js';
import { SessionController } from './session-routes.js';

@Module({
  imports: [CqrsModule.forRoot()],
  controllers: [commandController(), CorrectionController, NdjsonController, SessionController],
  providers: [IntakeDesk, SubmitHandler],
})
export class IntakeModule {}
