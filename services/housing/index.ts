import { sectorModule } from '@planledger/host';
import { housing } from '@planledger/sectors/housing/definition';

export const housingModule = sectorModule(housing);
