import { sectorModule } from '@planledger/host';
import { veterans } from '@planledger/sectors/veterans/definition';

export const veteransModule = sectorModule(veterans);
