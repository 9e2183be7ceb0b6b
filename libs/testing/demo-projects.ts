import { CITY, COUNTY_NAMES, type DemoProject, QIXIAN, type Trouble, XIANGFU } from './demo-step.js';

type Course = Pick<DemoProject, 'begins' | 'days' | 'late' | 'share'> & Partial<Pick<DemoProject, 'trouble' | 'named'>>;
const course = (begins: string, days: number, late: number, share = 1, trouble?: Trouble): Course => ({
  ...{ begins, days, late, share },
  ...(trouble === undefined ? {} : { trouble }),
});

const ORDINALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];

function school(
  at: number,
  county: string,
  stage: string,
  classes: number,
  extension: boolean,
  given: Course,
): DemoProject {
  const stages: Readonly<Record<string, string>> = { primary: '小学', junior: '初级中学', senior: '高级中学' };
  const name = `${COUNTY_NAMES[county] ?? ''}第${ORDINALS[at] ?? ''}${stages[stage] ?? ''}`;
  const places = classes * (stage === 'primary' ? 45 : 50);
  const works = extension ? 'extension' : 'new';
  return {
    ...{ name: `${name}${extension ? '改扩建' : '新建'}项目`, sector: 'education', county, item: 'B2-1' },
    ...{
      measure: 'B2-1.schools',
      template: 'building',
      nature: extension ? 'extend' : 'new',
      kind: 'school',
      estimateYuan: classes * 1_600_000,
    },
    ...given,
    units: [
      {
        unit: `school-${county}-${at}`,
        name,
        facts: { stage, works, classes, places, netNewPlaces: extension ? 0 : places },
      },
    ],
  };
}

function kindergarten(at: number, county: string, given: Course): DemoProject {
  const name = `${COUNTY_NAMES[county] ?? ''}第${ORDINALS[at] ?? ''}公办幼儿园`;
  return {
    ...{ name: `${name}新建项目`, sector: 'education', county, item: 'B2-1', measure: 'B2-1.kindergartens' },
    ...{ template: 'building', nature: 'new', kind: 'kindergarten', estimateYuan: 14_000_000 },
    ...given,
    units: [
      {
        unit: `kindergarten-${county}-${at}`,
        name,
        facts: { ownership: 'public', classes: 12, places: 360, estate: false },
      },
    ],
  };
}

function hospital(
  name: string,
  item: string,
  measure: string,
  member: string,
  named: string,
  given: Course,
): DemoProject {
  const facts = {
    institution: 'hospital',
    bedsApproved: 600,
    bedsActual: 560,
    bedsOpen: 500,
    licence: `4102${member.length}001`,
  };
  return {
    ...{ name, sector: 'health', county: CITY, item, measure, template: 'building', nature: 'new', kind: 'facility' },
    ...{ estimateYuan: 420_000_000, named },
    ...given,
    units: [{ unit: member, name, member, facts }],
  };
}

function home(at: number, county: string, given: Course): DemoProject {
  const name = `${COUNTY_NAMES[county] ?? ''}第${ORDINALS[at] ?? ''}敬老院`;
  const facts = {
    category: 'town-home',
    beds: 120,
    nursingBeds: 70,
    fireAccepted: true,
    filingNumber: `41-${county}-${at}`,
    model: 'public',
  };
  return {
    ...{ name: `${name}改造提升项目`, sector: 'elderly-care', county, item: 'B5-1', measure: 'B5-1.homes' },
    ...{ template: 'building', nature: 'renovate', kind: 'home', estimateYuan: 9_000_000 },
    ...given,
    units: [{ unit: `home-${county}-${at}`, name, facts }],
  };
}

/** `after` so many houses of an earlier project. */
function villageHouses(county: string, count: number, given: Course, after = 0): DemoProject {
  const place = COUNTY_NAMES[county] ?? '';
  return {
    ...{
      name: `${place}农村幸福院${after > 0 ? '二期' : ''}建设项目`,
      sector: 'elderly-care',
      county,
      item: 'B5-1',
      measure: 'B5-1.community-sites',
    },
    ...{ template: 'community', nature: 'new', kind: 'community-site', estimateYuan: count * 400_000 },
    ...given,
    units: Array.from({ length: count }, (_, at) => ({
      unit: `house-${county}-${after + at + 1}`,
      name: `${place}${ORDINALS[after + at] ?? ''}号幸福院`,
      facts: { category: 'village-house', areaSquareMetres: 320, estate: false },
    })),
  };
}

function communities(county: string, count: number, given: Course): DemoProject {
  const place = COUNTY_NAMES[county] ?? '';
  return {
    ...{ name: `${place}老城社区改造提升项目`, sector: 'housing', county, item: 'T9-1', measure: 'T9-1.communities' },
    ...{ template: 'old-community', nature: 'renovate', kind: 'community', estimateYuan: count * 6_000_000 },
    ...given,
    units: Array.from({ length: count }, (_, at) => ({
      unit: `community-${county}-${at + 1}`,
      name: `${place}老城${ORDINALS[at] ?? ''}号社区`,
      facts: {
        ...{ yearBuilt: 1988 + at, households: 320, buildings: 12, area: 26_000, owners: 320, consenting: 260 },
        ...{ category: 'basic', oldCity: true, facilityArea: 180 },
      },
    })),
  };
}

function memorial(name: string, county: string, member: string, named: string, given: Course): DemoProject {
  const facts = {
    protection: 'none',
    works: 'new',
    contentReview: 'done',
    managingUnit: `${COUNTY_NAMES[county] ?? ''}退役军人事务局`,
  };
  return {
    ...{ name, sector: 'veterans', county, item: 'B6-1', measure: 'B6-1.memorials', template: 'facility' },
    ...{ nature: 'new', kind: 'memorial', estimateYuan: 18_000_000, named },
    ...given,
    units: [{ unit: member, name, member, facts }],
  };
}

function honourHome(name: string, county: string, named: string | undefined, given: Course): DemoProject {
  const facts = {
    beds: 60,
    medicalCare: true,
    equipmentListed: 14,
    equipmentDelivered: 14,
    managingUnit: `${COUNTY_NAMES[county] ?? ''}退役军人事务局`,
  };
  return {
    ...{ name, sector: 'veterans', county, item: 'B6-2', measure: 'B6-2.honour-homes', template: 'facility' },
    ...{ nature: 'extend', kind: 'honour-home', estimateYuan: 26_000_000 },
    ...(named === undefined ? {} : { named }),
    ...given,
    units: [{ unit: `honour-home-${county}`, name, facts }],
  };
}

/** The simulated projects. Their names and places are the plan's where it names them; what happens to them is invented. */
export const DEMO_PROJECTS: readonly DemoProject[] = [
  school(0, XIANGFU, 'primary', 36, false, course('2022-06-20', 420, 10)),
  school(1, XIANGFU, 'junior', 30, false, course('2022-07-01', 430, 40, 1, 'rejected')),
  school(2, XIANGFU, 'primary', 24, true, course('2023-03-01', 380, 0, 1, 'facts-later')),
  school(0, QIXIAN, 'primary', 36, false, course('2023-02-10', 500, 60, 1, 'unverified')),
  school(1, QIXIAN, 'senior', 48, false, course('2023-09-01', 620, 90, 0.65, 'suspended')),
  school(2, QIXIAN, 'junior', 30, false, course('2024-05-01', 480, 30, 0.55)),
  kindergarten(0, XIANGFU, course('2022-06-20', 400, 0)),
  kindergarten(1, XIANGFU, course('2023-04-01', 420, 15, 1, 'output-rejected')),
  kindergarten(0, QIXIAN, course('2023-05-01', 420, 100, 0.93)),
  kindergarten(1, QIXIAN, course('2024-02-01', 420, 0, 0.4, 'cancelled')),
  hospital(
    '市中心医院新院区',
    'B4-3',
    'B4-3.hospitals',
    'central-hospital',
    'central-hospital',
    course('2022-07-01', 900, 60),
  ),
  hospital(
    '市人民医院综合病房楼',
    'B4-3',
    'B4-3.hospitals',
    'peoples-hospital',
    'peoples-hospital',
    course('2023-01-10', 980, 200, 0.7),
  ),
  hospital(
    '兰考县公立医院建设',
    'T6-6',
    'T6-6.hospitals',
    'lankao',
    'lankao-hospital',
    course('2023-06-01', 700, 30, 0.6),
  ),
  hospital(
    '血液病医学中心',
    'T6-7',
    'T6-7.centres',
    'haematology',
    'haematology-centre',
    course('2024-03-01', 600, 0, 0.3, 'moved-out'),
  ),
  home(0, XIANGFU, course('2022-06-20', 330, 5, 1, 'revoked')),
  home(1, XIANGFU, course('2023-03-01', 330, 45, 1, 'corrected')),
  home(0, QIXIAN, course('2024-08-01', 330, 80, 0.8)),
  villageHouses(XIANGFU, 8, course('2022-07-01', 300, 20)),
  villageHouses(QIXIAN, 6, course('2023-06-01', 320, 60, 1, 'unverified')),
  communities(XIANGFU, 5, course('2022-08-01', 360, 30, 1, 'retracted')),
  communities(QIXIAN, 4, course('2024-03-01', 400, 120, 0.6, 'resumed')),
  memorial('开封市烈士陵园烈士纪念广场', CITY, 'city-square', 'martyrs-square', course('2022-07-01', 420, 0)),
  memorial(
    '杞县水东烈士陵园及广场综合提升',
    QIXIAN,
    'qixian-shuidong',
    'shuidong-cemetery',
    course('2023-04-01', 520, 60),
  ),
  honourHome('祥符区光荣院', XIANGFU, 'xiangfu-honour-home', course('2022-09-01', 480, 30)),
  honourHome('杞县光荣院', QIXIAN, undefined, course('2024-04-01', 520, 60, 0.7)),
  // Under way in the months that demo-months.ts closes: what was delivered in them is disputed afterwards.
  villageHouses(XIANGFU, 4, course('2024-06-03', 300, 15), 8),
  home(2, XIANGFU, course('2024-07-01', 300, 10)),
];
