import { reject } from '@planledger/kernel';
import { countsOnceClaimed } from '../counting.js';
import type { ProjectState, UnitState } from '../project.js';
import {
  choice,
  type Counting,
  countsOnceAll,
  type Facts,
  heldSince,
  number,
  numberOf,
  optional,
  standingUnits,
  text,
  truth,
  type UnitKind,
} from '../sector.js';
import { NEW_PITCHES } from './asked.js';
import { ACCEPTED, OPENED, refuseMany } from './venues.js';

/** 新建 and 提档升级 count alike in the 500 and are never one number: they are told apart in the views. */
export const SITE_WORKS = { new: '新建', upgraded: '提档升级' } as const;
export type SiteWorks = keyof typeof SITE_WORKS;

const renewedOf = (facts: Facts): readonly [sets: number, squareMetres: number] => [
  numberOf(facts, 'renewedSets'),
  numberOf(facts, 'renewedSquareMetres'),
];

/** 全民健身场地设施: one 处, with its equipment or its ground. */
export const fitnessSite: UnitKind = {
  name: '全民健身场地设施',
  facts: {
    works: choice('建设方式', SITE_WORKS),
    areaSquareMetres: number('场地面积（平方米）', 0, 10_000_000),
    equipmentSets: number('健身器材件（套）数', 0, 10_000),
    renewedSets: optional(number('其中更新器材件（套）数', 0, 10_000)),
    renewedSquareMetres: optional(number('其中改造场地面积（平方米）', 0, 10_000_000)),
    community: optional(text('主要服务社区代码')),
  },
  refuse(unit) {
    const refused = refuseMany(unit);
    if (refused) return refused;
    const [sets, area] = [numberOf(unit.facts, 'equipmentSets'), numberOf(unit.facts, 'areaSquareMetres')];
    if (sets === 0 && area === 0) return reject('CUL_SITE_EMPTY');
    const [renewedSets, renewedArea] = renewedOf(unit.facts);
    if (renewedSets > sets || renewedArea > area) {
      return reject('CUL_RENEWED_EXCEED', { renewedSets, renewedArea, sets, area });
    }
    const idle = unit.facts['works'] === 'upgraded' && renewedSets === 0 && renewedArea === 0;
    return idle ? reject('CUL_UPGRADE_CHANGES_NOTHING') : undefined;
  },
  countsFrom: (unit, project) => countsOnceClaimed(unit, project, ACCEPTED, OPENED),
};

/** “10分钟健身圈”. */
export const CIRCLE_MINUTES_MAX = 10;

/** Since when the site within reach is open: known of one of the same project, stated of another's. */
function openSite(unit: UnitState, project: ProjectState): Counting | undefined {
  const own = standingUnits(project, 'fitness-site').find((site) => site.unit === unit.facts['site']);
  if (own) return fitnessSite.countsFrom(own, project);
  const open = heldSince(unit, 'siteOpen');
  return open && countsOnceAll(open);
}

/** A community of the roster with an open site within the walk: 全覆盖 is met community by community. */
export const circleCommunity: UnitKind = {
  name: '“10分钟健身圈”社区',
  facts: {
    site: text('最近健身设施编号'),
    walkMinutes: number('步行分钟数', 0, 120),
    siteOpen: optional(truth('该设施是否已开放（本项目设施不填）')),
  },
  refuse(unit) {
    const minutes = numberOf(unit.facts, 'walkMinutes');
    return minutes > CIRCLE_MINUTES_MAX
      ? reject('CUL_OUTSIDE_CIRCLE', { minutes, limit: CIRCLE_MINUTES_MAX })
      : refuseMany(unit);
  },
  countsFrom(unit, project) {
    const open = openSite(unit, project);
    return open && 'from' in open ? open : { waitingFor: 'CUL_NO_OPEN_SITE_NEAR', entries: open?.entries ?? [] };
  },
};

/** 城市空闲地、边角地、公园绿地、城市路桥附属用地、厂房、建筑屋顶 (chapter 11, section 1), and schools. */
const LAND = {
  idle: '城市空闲地',
  corner: '边角地',
  park: '公园绿地',
  road: '城市路桥附属用地',
  factory: '厂房',
  roof: '建筑屋顶',
  school: '校园',
  other: '其他',
} as const;

export const PITCH_WORKS = { new: '新建', listed: '既有场地入统', upgraded: '改造提升' } as const;
/** The doubt about 99, 120 and 510 turns on which pitches are meant: so each says whose it is. */
export const PITCH_OWNERS = { social: '社会足球场地', school: '学校足球场地' } as const;
export const PITCH_SIZES = { five: '五人制', seven: '七（八）人制', eleven: '十一人制' } as const;
export const pitchSizes = Object.keys(PITCH_SIZES) as readonly (keyof typeof PITCH_SIZES)[];

/** 足球场地, by 块: a site may have several. */
export const pitch: UnitKind = {
  name: '足球场地',
  facts: {
    works: choice('建设方式', PITCH_WORKS),
    owner: choice('场地性质', PITCH_OWNERS),
    land: choice('用地来源', LAND),
    five: number('五人制块数', 0, 100),
    seven: number('七（八）人制块数', 0, 100),
    eleven: number('十一人制块数', 0, 100),
  },
  refuse({ measure, quantity, facts }) {
    const pitches = pitchSizes.reduce((sum, size) => sum + numberOf(facts, size), 0);
    if (pitches !== quantity) return reject('CUL_PITCHES_MISMATCH', { pitches, quantity });
    const stated = facts['works'] as keyof typeof PITCH_WORKS;
    const adds = stated === 'new' || (stated === 'listed' && measure !== NEW_PITCHES);
    return adds ? undefined : reject('CUL_PITCH_NOT_NEW', { works: PITCH_WORKS[stated] });
  },
  countsFrom: (unit, project) => countsOnceClaimed(unit, project, ACCEPTED, OPENED),
};
