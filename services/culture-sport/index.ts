import { sectorModule } from '@planledger/host';
import { cultureSport } from '@planledger/sectors/culture-sport/definition';

export const cultureSportModule = sectorModule(cultureSport);
