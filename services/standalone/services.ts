import { AggregatorModule } from '@planledger/aggregator-service';
import { AuditModule } from '@planledger/audit-service';
import { cultureSportModule } from '@planledger/culture-sport-service';
import { childcareModule } from '@planledger/childcare-service';
import { educationModule } from '@planledger/education-service';
import { elderlyCareModule } from '@planledger/elderly-care-service';
import { employmentModule } from '@planledger/employment-service';
import { healthModule } from '@planledger/health-service';
import type { ServiceModule } from '@planledger/host';
import { housingModule } from '@planledger/housing-service';
import { IntakeModule } from '@planledger/intake-service';
import { socialProtectionModule } from '@planledger/social-protection-service';
import { veteransModule } from '@planledger/veterans-service';

/** Every service of the system, by the name of its process. */
export const SERVICES_BY_NAME: Readonly<Record<string, ServiceModule>> = {
  intake: IntakeModule,
  education: educationModule,
  health: healthModule,
  'elderly-care': elderlyCareModule,
  housing: housingModule,
  veterans: veteransModule,
  'social-protection': socialProtectionModule,
  'culture-sport': cultureSportModule,
  childcare: childcareModule,
  employment: employmentModule,
  aggregator: AggregatorModule,
  audit: AuditModule,
};

/** For the process that runs them all. */
export const SERVICES: readonly ServiceModule[] = Object.values(SERVICES_BY_NAME);
