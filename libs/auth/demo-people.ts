import type { Principal } from './policy.js';

/** A post to sign in as where no identity provider is set; `id` becomes the subject. No natural person stands behind it. */
export interface DemoPerson extends Omit<Principal, 'subject'> {
  readonly id: string;
  /** The post, in Chinese. */
  readonly name: string;
}

const CITY = '410200';
const COUNTIES = [
  { code: '410212', name: '祥符区' },
  { code: '410221', name: '杞县' },
] as const;
const BUREAUS = [
  { sector: 'education', name: '教育体育局' },
  { sector: 'health', name: '卫生健康委员会' },
  { sector: 'elderly-care', name: '民政局' },
  { sector: 'housing', name: '住房和城乡建设局' },
  { sector: 'veterans', name: '退役军人事务局' },
  { sector: 'social-protection', name: '民政局（社会保障）' },
  { sector: 'culture-sport', name: '文化广电和旅游局' },
  { sector: 'childcare', name: '卫生健康委员会（托育）' },
  { sector: 'employment', name: '人力资源和社会保障局' },
] as const;

/** The five who work on one sector: two county clerks, an approver beside the first, a city clerk, the verifier. */
function peopleOf({ sector, name }: (typeof BUREAUS)[number]): DemoPerson[] {
  const own = { plans: '*', sectors: [sector] } as const;
  const [first] = COUNTIES;
  const clerks = COUNTIES.map((county): DemoPerson => ({
    ...own,
    id: `clerk-${sector}-${county.code}`,
    name: `${county.name}${name}填报员`,
    role: 'clerk',
    unit: `${county.code}-${sector}`,
    counties: [county.code],
  }));
  return [
    ...clerks,
    {
      ...own,
      id: `approver-${sector}-${first.code}`,
      name: `${first.name}${name}审核员`,
      role: 'approver',
      unit: `${first.code}-${sector}`,
      counties: [first.code],
    },
    {
      ...own,
      id: `clerk-${sector}-city`,
      name: `开封市${name}填报员`,
      role: 'clerk',
      unit: `city-${sector}`,
      counties: [CITY],
    },
    {
      ...own,
      id: `verifier-${sector}`,
      name: `开封市${name}核验员`,
      role: 'verifier',
      unit: `city-${sector}`,
      counties: '*',
    },
  ];
}

const acrossSectors: readonly DemoPerson[] = [
  {
    id: 'county-commission-410212',
    name: '祥符区发展和改革委员会专员',
    role: 'county-commission',
    unit: '410212-commission',
    plans: '*',
    sectors: '*',
    counties: ['410212'],
  },
  {
    id: 'commission',
    name: '开封市发展和改革委员会专员',
    role: 'commission',
    unit: 'city-commission',
    plans: '*',
    sectors: '*',
    counties: '*',
  },
  {
    id: 'auditor',
    name: '开封市审计局审计员',
    role: 'auditor',
    unit: 'city-audit',
    plans: '*',
    sectors: '*',
    counties: '*',
  },
  {
    id: 'operator',
    name: '系统运维员',
    role: 'operator',
    unit: 'city-operations',
    plans: '*',
    sectors: [],
    counties: [],
  },
];

export const DEMO_PEOPLE: readonly DemoPerson[] = [...BUREAUS.flatMap(peopleOf), ...acrossSectors];
