import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of the built pages (`npm run build -w services/dashboard`); undefined where they were not built. */
export function builtPages(): string | undefined {
  const folder = fileURLToPath(new URL('../pages', import.meta.url));
  return existsSync(folder) ? folder : undefined;
}
