import { childcare } from './childcare/definition.js';
import { cultureSport } from './culture-sport/definition.js';
import { education } from './education/definition.js';
import { elderlyCare } from './elderly-care/definition.js';
import { employment } from './employment/definition.js';
import { health } from './health/definition.js';
import { housing } from './housing/definition.js';
import type { Sector } from './sector.js';
import { socialProtection } from './social-protection/definition.js';
import { veterans } from './veterans/definition.js';

/** The one list of sectors that are served. Adding one: a folder here, a line here, a three-line service. */
export const SECTORS: ReadonlyMap<string, Sector> = new Map(
  [
    ...[education, health, elderlyCare, housing, veterans],
    ...[childcare, employment, socialProtection, cultureSport],
  ].map((sector) => [sector.slug, sector]),
);

export * from './kit.js';
