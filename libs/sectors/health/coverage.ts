import { reject, type Rejection } from '@planledger/kernel';
import { claimFor, type Happening, type ProjectState, type UnitState } from '../project.js';
import {
  choice,
  type Counting,
  countsOnceAll,
  type Facts,
  heldSince,
  optional,
  text,
  truth,
  type UnitKind,
} from '../sector.js';
import { type Aspect, ASPECT_ASKED, ASPECTS } from './asked.js';

const isAspect = (aspect: unknown): aspect is Aspect => typeof aspect === 'string' && Object.hasOwn(ASPECTS, aspect);

/** What each aspect must show before it may be reported at all (reference §5 HEA: BSL-2 filing, 三区两通道, 诊疗科目). */
function refuseAspect(aspect: Aspect, facts: Facts): Rejection | undefined {
  switch (aspect) {
    case 'laboratory':
      return facts['number'] === undefined ? reject('HEA_LABORATORY_NOT_FILED') : undefined;
    case 'fever-clinic':
      return facts['threeZones'] && facts['twoPassages'] ? undefined : reject('HEA_FEVER_CLINIC_LAYOUT');
    case 'rehabilitation':
    case 'preventive-care':
    case 'geriatrics':
      return facts['registered'] ? undefined : reject('HEA_DEPARTMENT_UNREGISTERED', { department: ASPECTS[aspect] });
    case 'town-centre':
    case 'county-hospital':
      return facts['number'] === undefined ? reject('HEA_CERTIFICATE_MISSING', { aspect: ASPECTS[aspect] }) : undefined;
    case 'village-clinic':
      return facts['publicOwned'] || facts['standardised'] ? undefined : reject('HEA_CLINIC_NEITHER');
    case 'tcm-station':
    case 'check-up-room':
      return undefined;
  }
}

/** What ends the project's work on the member: its opening, its document, or, of plain work, the delivery itself. */
const LAST_STEP: Readonly<Record<string, { milestone: string; reason: string }>> = {
  building: { milestone: 'opening', reason: 'HEA_NOT_OPENED' },
  accreditation: { milestone: 'document', reason: 'HEA_AWAITING_DOCUMENT' },
};

/** Each happening that a member must have behind it, or the reason why it waits. */
function reached(unit: UnitState, project: ProjectState): Happening[] | string {
  const happened = [unit.delivered];
  if (unit.facts['aspect'] === 'village-clinic') {
    const [owned, standard] = [heldSince(unit, 'publicOwned'), heldSince(unit, 'standardised')];
    if (!owned || !standard) return 'HEA_CLINIC_HALF';
    happened.push(owned, standard);
  }
  const last = LAST_STEP[project.registration?.template ?? ''];
  if (!last) return happened;
  const claimed = claimFor(project, unit, last.milestone);
  return claimed ? [...happened, claimed] : last.reason;
}

/** A member of a roster that has what the roster is asked for: 全覆盖 is met member by member. */
export const coverage: UnitKind = {
  name: '名册覆盖',
  facts: {
    aspect: choice('覆盖内容', ASPECTS),
    number: optional(text('备案号、认定文号或登记号')),
    threeZones: optional(truth('三区设置')),
    twoPassages: optional(truth('两通道设置')),
    registered: optional(truth('科室已设置并登记诊疗科目')),
    publicOwned: optional(truth('公有产权')),
    standardised: optional(truth('标准化认定')),
  },
  refuse({ measure, quantity, facts }) {
    if (quantity !== 1) return reject('HEA_ONE_AT_A_TIME');
    const { aspect } = facts;
    if (!isAspect(aspect)) return undefined;
    const asked = ASPECT_ASKED[measure];
    if (asked && asked !== aspect) {
      return reject('HEA_ASPECT_MISMATCH', { measure, asked: ASPECTS[asked], stated: ASPECTS[aspect] });
    }
    return refuseAspect(aspect, facts);
  },
  countsFrom(unit, project): Counting {
    const happened = reached(unit, project);
    return typeof happened === 'string' ? { waitingFor: happened, entries: [] } : countsOnceAll(...happened);
  },
};
