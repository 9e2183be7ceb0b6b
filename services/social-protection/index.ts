import { sectorModule } from '@planledger/host';
import { socialProtection } from '@planledger/sectors/social-protection/definition';

export const socialProtectionModule = sectorModule(socialProtection);
