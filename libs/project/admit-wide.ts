import {
  BuildNature,
  type Event,
  IndicatorKind,
  type IndicatorObserved,
  type IndicatorRevised,
  type ProjectCode,
  type ProjectRegistered,
  Quantifier,
} from '@planledger/contracts';
import { compare, decimal, isZero, type Rejection, ZERO } from '@planledger/kernel';
import { itemEver, measureEver, type PlanState } from '@planledger/plan';
import type { Sector } from '@planledger/sectors/kit';
import type { Wide } from './model.js';
import { reject } from './command.js';
import { codeKey } from './wide.js';

/**
 * Both forms of the national project code share this shape: GB/T 40058-2021 (YYMM-area-department-type-random and check)
 * and the older year-area-industry-type-serial. The check character's algorithm is not public: it is taken as it is.
 */
const NATIONAL_CODE = /^\d{4}-\d{6}-\d{2}-\d{2}-\d{6}$/;

/** What an event registers, of this plan or carried in from an earlier one; undefined for events that register nothing. */
export function registrationIn(event: Event): ProjectRegistered | undefined {
  if (event.case === 'projectRegistered') return event.value;
  return event.case === 'projectCarriedIn' ? event.value.registration : undefined;
}

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
  for (const code of codes) {
    const malformed = codeForm(code, nature);
    if (malformed) return malformed;
  }
  return undefined;
}

/** Has a code the form of its kind, and may work of this nature carry it? */
export function codeForm({ kind, value }: ProjectCode, nature: BuildNature): Rejection | undefined {
  if (kind !== 'national') return undefined;
  if (nature === BuildNature.SERVICE) return reject('NATIONAL_CODE_NOT_ASKED', { code: value });
  return NATIONAL_CODE.test(value) ? undefined : reject('NATIONAL_CODE_MALFORMED', { code: value });
}

/** Rules across projects (DOMAIN §3): a code belongs to one site, a site has one project of each sector. */
export function across(wide: Wide, stream: string, { codes, site, sector }: ProjectRegistered): Rejection | undefined {
  for (const code of codes) {
    const taken = codeTaken(wide, stream, site, code);
    if (taken) return taken;
  }
  const neighbour = site ? wide.sites.get(`${site}|${sector}`) : undefined;
  return neighbour && neighbour !== stream
    ? reject('SITE_SECTOR_TAKEN', { site, project: neighbour.slice('project/'.length) })
    : undefined;
}

/** Two sectors building on one site share its approval; nothing else is shared. */
export function codeTaken(
  wide: Wide,
  stream: string,
  site: string,
  code: { readonly kind: string; readonly value: string },
): Rejection | undefined {
  const shared = code.kind !== 'internal' && site !== '';
  const other = wide.codes
    .get(codeKey(code))
    ?.find((held) => held.stream !== stream && !(shared && held.site === site));
  return other && reject('CODE_TAKEN', { code: code.value, project: other.stream.slice('project/'.length) });
}

/** The sector of an indicator, or of a measure that is a share; undefined where the plan never had either. */
export const sectorOfCode = (plan: PlanState, code: string): string | undefined =>
  plan.indicators.get(code)?.sector ?? itemEver(plan, measureEver(plan, code)?.item ?? '')?.sector;

/** Does an observation have the form that its indicator, or its measure which is a share, asks for? */
export function observable(
  plan: PlanState,
  code: string,
  { numerator, denominator, value }: IndicatorObserved | IndicatorRevised,
): Rejection | undefined {
  const indicator = plan.indicators.get(code);
  const measure = measureEver(plan, code);
  if (!indicator && measure?.quantifier !== Quantifier.RATIO) return reject('INDICATOR_UNKNOWN', { indicator: code });
  if (indicator ? indicator.numerator !== '' : true) {
    const complete = numerator !== '' && denominator !== '' && value === '';
    const positive = complete && compare(decimal(denominator), ZERO) > 0;
    // 动态清零: a period in which none was found has nothing overdue, and is said to have none: 未报不等于零.
    const none = complete && [numerator, denominator].every((said) => isZero(decimal(said)));
    return positive || (none && indicator?.kind === IndicatorKind.ZERO)
      ? undefined
      : reject('OBSERVATION_NEEDS_SHARE', { indicator: code });
  }
  return value !== '' && numerator === '' && denominator === ''
    ? undefined
    : reject('OBSERVATION_NEEDS_VALUE', { indicator: code });
}
