import { sectorModule } from '@planledger/host';
import { employment } from '@planledger/sectors/employment/definition';

export const employmentModule = sectorModule(employment);
