import { sectorModule } from '@planledger/host';
import { childcare } from '@planledger/sectors/childcare/definition';

export const childcareModule = sectorModule(childcare);
