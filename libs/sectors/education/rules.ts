import { nextFirstOfSeptember, reject, type RejectionCatalogue } from '@planledger/kernel';
import { claimFor, factsOn, type ProjectState, type UnitState } from '../project.js';
import {
  choice,
  type Counting,
  type Facts,
  heldSince,
  number,
  numberOf,
  optional,
  truth,
  type UnitKind,
} from '../sector.js';

/** Places a class holds (DOMAIN §9; kindergarten 30 is a proposal of ours, a value of these rules' version). */
export const PLACES_PER_CLASS: Readonly<Record<string, number>> = {
  kindergarten: 30,
  primary: 45,
  junior: 50,
  senior: 50,
};
/** 大班额: from this many pupils a class on, a school is refused. */
const OVERSIZED_CLASS_PUPILS = 56;

export const STAGES = { primary: '小学', junior: '初中', senior: '高中' } as const;

export const EDUCATION_REFUSALS: RejectionCatalogue = {
  EDU_PLACES_WITHOUT_CLASSES: {
    kind: 'invalid',
    zh: '填报了{places}个学位，但班数为0：请先填写班数，学位按班数计算。',
    en: 'States {places} places but no classes: state the classes first, places follow from them.',
  },
  EDU_NO_PLACES: {
    kind: 'invalid',
    zh: '学校、幼儿园须有学位：请填写班数和学位数，没有学位的不计入。',
    en: 'A school or kindergarten has places: state its classes and places.',
  },
  EDU_PLACES_EXCEED_CLASSES: {
    kind: 'invalid',
    zh: '{classes}个班最多{allowed}个学位（每班{standard}人），填报为{places}个：请核对班数与学位。',
    en: '{classes} classes hold at most {allowed} places ({standard} a class), stated are {places}: check both.',
  },
  EDU_OVERSIZED_CLASSES: {
    kind: 'invalid',
    zh: '平均每班{average}人，属大班额（{limit}人及以上）：不得按新增学位申报，请增加班数。',
    en: '{average} pupils a class is oversized ({limit} and above): add classes.',
  },
  EDU_NET_PLACES_EXCEED: {
    kind: 'invalid',
    zh: '净增学位{net}个多于总学位{places}个：请核对。',
    en: 'Net new places {net} exceed all places {places}: check both.',
  },
  EDU_NOT_INCLUSIVE: {
    kind: 'invalid',
    zh: '幼儿园既非公办也未认定为普惠性：不计入本任务，请取得普惠认定后再申报。',
    en: 'Neither public nor recognised as inclusive: obtain the recognition first.',
  },
  EDU_DORMITORY_FLATS: {
    kind: 'invalid',
    zh: '周转宿舍按套计数：填报{flats}套，与产出量{quantity}不一致，请核对。',
    en: 'Dormitories count by flat: {flats} flats do not match the quantity {quantity}.',
  },
  EDU_ONE_AT_A_TIME: {
    kind: 'invalid',
    zh: '每所学校、幼儿园单独申报，产出量应为1。',
    en: 'Deliver each school on its own, with quantity 1.',
  },
  EDU_NOT_ACCEPTED: {
    kind: 'conflict',
    zh: '尚未竣工验收，暂不计入。',
    en: 'Not yet accepted; does not count yet.',
  },
  EDU_BUILT_NOT_OPENED: {
    kind: 'conflict',
    zh: '建成未投用：竣工验收已填报，待开学投用填报后，自验收后首个9月1日起计入。',
    en: 'Built, not in use: counts from the first 1 September after acceptance, once its opening is claimed.',
  },
  EDU_NO_NEW_PLACES: {
    kind: 'conflict',
    zh: '改扩建未净增学位，也未认定达标，暂不计入：认定达标后请补报。',
    en: 'No net new places and not certified; state the certification once it has it.',
  },
  EDU_NOT_HANDED_OVER: {
    kind: 'conflict',
    zh: '小区配建幼儿园尚未移交，暂不计入：移交后请补报。',
    en: 'Built with an estate and not handed over; state the handover once done.',
  },
};

const autumnAfter = (happening: { on: string; positions: readonly number[] }): Counting => ({
  from: nextFirstOfSeptember(happening.on),
  entries: happening.positions,
});

/** Accepted and in use: the first 1 September not before acceptance (DOMAIN §9). */
function opened(unit: UnitState, project: ProjectState): Counting {
  const acceptance = claimFor(project, unit, 'acceptance');
  if (!acceptance) return { waitingFor: 'EDU_NOT_ACCEPTED', entries: [] };
  const opening = claimFor(project, unit, 'opening');
  if (!opening) return { waitingFor: 'EDU_BUILT_NOT_OPENED', entries: acceptance.positions };
  return autumnAfter({ on: acceptance.on, positions: [...acceptance.positions, ...opening.positions] });
}

/** Not before the first autumn term after the day on which `fact` came to hold. */
function notBefore(counting: Counting, unit: UnitState, fact: string, reason: string): Counting {
  if ('waitingFor' in counting) return counting;
  const held = heldSince(unit, fact);
  if (!held) return { waitingFor: reason, entries: counting.entries };
  // So it was delivered: its acceptance says when.
  if (held === unit.delivered) return counting;
  const from = nextFirstOfSeptember(held.on);
  const entries = [...counting.entries, ...held.positions];
  return { from: from > counting.from ? from : counting.from, entries };
}

function refusePlaces(facts: Facts, stage: string): ReturnType<UnitKind['refuse']> {
  const [classes, stated, standard] = [
    numberOf(facts, 'classes'),
    numberOf(facts, 'places'),
    PLACES_PER_CLASS[stage] ?? 0,
  ];
  if (stated === 0) return reject('EDU_NO_PLACES');
  if (classes === 0) return reject('EDU_PLACES_WITHOUT_CLASSES', { places: stated });
  if (classes > 0 && stated >= classes * OVERSIZED_CLASS_PUPILS) {
    const average = Math.floor(stated / classes);
    return reject('EDU_OVERSIZED_CLASSES', { average, limit: OVERSIZED_CLASS_PUPILS });
  }
  const allowed = classes * standard;
  if (stated > allowed) return reject('EDU_PLACES_EXCEED_CLASSES', { classes, allowed, standard, places: stated });
  return undefined;
}

export const school: UnitKind = {
  name: '中小学校',
  facts: {
    stage: choice('学段', STAGES),
    works: choice('建设方式', { new: '新建', extension: '改扩建' }),
    classes: number('班数', 0, 200),
    places: number('学位数', 0, 20_000),
    netNewPlaces: number('净增学位', 0, 20_000),
    certified: optional(truth('标准化达标认定')),
  },
  refuse({ quantity, facts }) {
    if (quantity !== 1) return reject('EDU_ONE_AT_A_TIME');
    if (numberOf(facts, 'netNewPlaces') > numberOf(facts, 'places')) {
      return reject('EDU_NET_PLACES_EXCEED', {
        net: numberOf(facts, 'netNewPlaces'),
        places: numberOf(facts, 'places'),
      });
    }
    return refusePlaces(facts, String(facts['stage']));
  },
  countsFrom(unit, project) {
    const counting = opened(unit, project);
    const extended = unit.facts['works'] === 'extension' && numberOf(unit.facts, 'netNewPlaces') === 0;
    return extended ? notBefore(counting, unit, 'certified', 'EDU_NO_NEW_PLACES') : counting;
  },
};

export const kindergarten: UnitKind = {
  name: '幼儿园',
  facts: {
    ownership: choice('办园性质', { public: '公办', inclusive: '普惠性民办', private: '其他民办' }),
    classes: number('班数', 0, 60),
    places: number('学位数', 0, 2_000),
    estate: truth('是否小区配建'),
    handedOver: optional(truth('配建是否已移交')),
  },
  refuse({ quantity, facts }) {
    if (quantity !== 1) return reject('EDU_ONE_AT_A_TIME');
    if (facts['ownership'] === 'private') return reject('EDU_NOT_INCLUSIVE');
    return refusePlaces(facts, 'kindergarten');
  },
  countsFrom(unit, project) {
    const counting = opened(unit, project);
    return unit.facts['estate'] === true ? notBefore(counting, unit, 'handedOver', 'EDU_NOT_HANDED_OVER') : counting;
  },
};

export const dormitory: UnitKind = {
  name: '教师周转宿舍',
  facts: { school: optional({ label: '所在学校', type: 'text', required: false }), flats: number('套数', 1, 1_000) },
  refuse: ({ quantity, facts }) =>
    facts['flats'] === quantity
      ? undefined
      : reject('EDU_DORMITORY_FLATS', { flats: numberOf(facts, 'flats'), quantity }),
  countsFrom(unit, project) {
    const acceptance = claimFor(project, unit, 'acceptance');
    if (!acceptance) return { waitingFor: 'EDU_NOT_ACCEPTED', entries: [] };
    return { from: acceptance.on, entries: acceptance.positions };
  },
};

/** Places that a unit adds on a day; a rebuilt school adds only its net new ones. */
export function placesAdded(unit: UnitState, on: string): number {
  const facts = factsOn(unit, on);
  return facts['works'] === 'extension' ? numberOf(facts, 'netNewPlaces') : numberOf(facts, 'places');
}
