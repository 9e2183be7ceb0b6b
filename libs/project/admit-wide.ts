import {
  BuildNature,
  type IndicatorObserved,
  type IndicatorRevised,
  type ProjectRegistered,
  Quantifier,
} from '@planledger/contracts';
import { compare, decimal, isZero, type Rejection, ZERO } from '@planledger/kernel';
import type { PlanState } from '@planledger/plan';
import type { Sector } from '@planledger/sectors/kit';
import type { Wide } from './model.js';
import { reject } from './command.js';

/**
 * Both forms of the national project code share this shape: GB/T 40058-2021 (YYMM-area-department-type-random and check)
 * and the older year-area-industry-type-serial. The check character's algorithm is not public: it is taken as it is.
 */
const NATIONAL_CODE = /^\d{4}-\d{6}-\d{2}-\d{2}-\d{6}$/;

/** Does a registration fit the plan and its sector? */
export function registrable(value: ProjectRegistered, sector: Sector, plan: PlanState): Rejection | undefined {
  const { county, template, namedProject, codes, nature } = value;
  if (!plan.sectors.has(sector.slug)) return reject('SECTOR_NOT_SERVED', { sector: sector.slug });
  if (!plan.counties.has(county)) return reject('COUNTY_UNKNOWN', { county });
  if (!Object.hasOwn(sector.templates, template)) {
    return reject('TEMPLATE_UNKNOWN', { template, known: Object.keys(sector.templates).join('、') });
  }
  if (namedProject && !plan.namedProjects.has(namedProject))
    return reject('NAMED_PROJECT_UNKNOWN', { named: namedProject });
  for (const { kind, value: code } of codes) {
    if (kind !== 'national') continue;
    if (nature === BuildNature.SERVICE) return reject('NATIONAL_CODE_NOT_ASKED', { code });
    if (!NATIONAL_CODE.test(code)) return reject('NATIONAL_CODE_MALFORMED', { code });
  }
  return undefined;
}

/** Rules across projects (DOMAIN §3): a code belongs to one site, a site has one project of each sector. */
export function across(wide: Wide, stream: string, { codes, site, sector }: ProjectRegistered): Rejection | undefined {
  for (const { kind, value } of codes) {
    const taken = wide.codes.get(`${kind}:${value}`);
    if (!taken || taken.stream === stream) continue;
    // Two sectors building on one site share its approval; nothing else is shared.
    if (kind === 'internal' || site === '' || taken.site !== site) {
      return reject('CODE_TAKEN', { code: value, project: taken.stream.slice('project/'.length) });
    }
  }
  const neighbour = site ? wide.sites.get(`${site}|${sector}`) : undefined;
  return neighbour && neighbour !== stream
    ? reject('SITE_SECTOR_TAKEN', { site, project: neighbour.slice('project/'.length) })
    : undefined;
}

/** The sector of an indicator, or of a measure that is a share; undefined where the plan has neither. */
export const sectorOfCode = ({ indicators, measures, items }: PlanState, code: string): string | undefined =>
  indicators.get(code)?.sector ?? items.get(measures.get(code)?.item ?? '')?.sector;

/** Does an observation have the form that its indicator, or its measure which is a share, asks for? */
export function observable(
  plan: PlanState,
  code: string,
  { numerator, denominator, value }: IndicatorObserved | IndicatorRevised,
): Rejection | undefined {
  const indicator = plan.indicators.get(code);
  const measure = plan.measures.get(code);
  if (!indicator && measure?.quantifier !== Quantifier.RATIO) return reject('INDICATOR_UNKNOWN', { indicator: code });
  if (indicator ? indicator.numerator !== '' : true) {
    const complete = numerator !== '' && denominator !== '' && value === '';
    const positive = complete && !isZero(decimal(denominator)) && compare(decimal(denominator), ZERO) > 0;
    return positive ? undefined : reject('OBSERVATION_NEEDS_SHARE', { indicator: code });
  }
  return value !== '' && numerator === '' && denominator === ''
    ? undefined
    : reject('OBSERVATION_NEEDS_VALUE', { indicator: code });
}
