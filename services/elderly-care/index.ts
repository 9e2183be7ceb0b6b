import { sectorModule } from '@planledger/host';
import { elderlyCare } from '@planledger/sectors/elderly-care/definition';

export const elderlyCareModule = sectorModule(elderlyCare);
