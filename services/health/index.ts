import { sectorModule } from '@planledger/host';
import { health } from '@planledger/sectors/health/definition';

export const healthModule = sectorModule(health);
