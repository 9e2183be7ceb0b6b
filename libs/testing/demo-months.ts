import { addDays, monthLater } from '@planledger/kernel';
import { type DemoStep, QIXIAN, XIANGFU } from './demo-step.js';

/** What becomes of a month: reported and closed; reported as nil and closed; sent back once and then closed … */
type Course = 'closed' | 'nil' | 'returned-once' | 'with-county' | 'sent-back' | 'reported' | 'missing' | 'open';

/** Months of a unit in its sector, from `first` on, a course each. 杞县 has no approver yet, so its reports wait. */
interface Office {
  readonly sector: string;
  readonly county: string;
  readonly first: string;
  readonly courses: readonly Course[];
}

const OFFICES: readonly Office[] = [
  {
    ...{ sector: 'elderly-care', county: XIANGFU, first: '2024-11' },
    courses: [
      ...(['closed', 'closed', 'closed', 'returned-once', 'closed', 'closed', 'closed', 'nil', 'nil'] as const),
      ...(['closed', 'nil', 'open'] as const),
    ],
  },
  {
    ...{ sector: 'housing', county: XIANGFU, first: '2025-03' },
    courses: ['nil', 'nil', 'nil', 'nil', 'nil', 'nil', 'sent-back', 'open'],
  },
  {
    ...{ sector: 'veterans', county: XIANGFU, first: '2025-05' },
    courses: ['nil', 'nil', 'nil', 'missing', 'missing', 'open'],
  },
  { sector: 'health', county: XIANGFU, first: '2025-08', courses: ['nil', 'with-county', 'open'] },
  { sector: 'elderly-care', county: QIXIAN, first: '2025-07', courses: ['reported', 'reported', 'missing', 'open'] },
];

/** The tenth of the month after, unless holidays move it (春节, 劳动节, 国庆). */
const HOLIDAYS: Readonly<Record<string, string>> = {
  '2025-01': '2025-02-12',
  '2025-04': '2025-05-12',
  '2025-09': '2025-10-15',
};

const dueOf = (month: string): string => HOLIDAYS[month] ?? `${monthLater(month, 1)}-10`;

/** Command id of an act on a month, for what is about its entry. */
export const monthKey = (sector: string, county: string, month: string, act: string): string =>
  `demo-month-${month}-${county}-${sector}-${act}`;

/** The months of a few offices over the last year of the demo: opened on the 25th, closed by the day they are due. */
export function months(): DemoStep[] {
  return OFFICES.flatMap((office) =>
    office.courses.flatMap((course, at) => monthOf(office, monthLater(office.first, at), course)),
  );
}

function monthOf({ sector, county }: Office, month: string, course: Course): DemoStep[] {
  const [unit, due] = [`${county}-${sector}`, dueOf(month)];
  const [clerk, approver] = ['clerk', 'approver'].map((role) => `${role}-${sector}-${county}`) as [string, string];
  const steps: DemoStep[] = [];
  const act = (day: string, person: string, command: string, what: string, body: object = {}): void => {
    steps.push({
      ...{ day, person, command, commandId: monthKey(sector, county, month, what), params: { period: month } },
      body: { occurredOn: day, unit, sector, ...body },
    });
  };
  const before = (days: number): string => addDays(due, -days);
  act(`${month}-25`, 'commission', 'openPeriod', 'open', { county, due });
  if (course === 'open' || course === 'missing') return steps;
  const nil =
    course === 'nil' ? { nil: true, reason: '本月项目均已投用或处于手续办理期，无新增进展。' } : { nil: false };
  act(before(7), clerk, 'submitReport', 'report', nil);
  if (course === 'reported') return steps;
  if (course === 'returned-once') {
    act(before(6), approver, 'returnReport', 'return', { reason: '工程量与监理签证不一致，请核实后重报。' });
    act(before(6), clerk, 'submitReport', 'report-again', nil);
  }
  act(before(5), approver, 'approveReport', 'approve-unit');
  if (course === 'with-county') return steps;
  if (course === 'sent-back') {
    act(before(4), 'county-commission-410212', 'returnReport', 'return', {
      reason: '零报告原因与现场情况不符，请补报。',
    });
    return steps;
  }
  act(before(4), 'county-commission-410212', 'approveReport', 'approve-county');
  act(before(2), `verifier-${sector}`, 'approveReport', 'approve-bureau');
  act(due, 'commission', 'closePeriod', 'close');
  return steps;
}
