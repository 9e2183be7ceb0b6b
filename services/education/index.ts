import { sectorModule } from '@planledger/host';
import { education } from '@planledger/sectors/education/definition';

export const educationModule = sectorModule(education);
