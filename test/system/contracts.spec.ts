import { expect, test } from '@jest/globals';
import {
  decodeEntry,
  type Entry,
  EntrySchema,
  type EventType,
  encodeEntry,
  makeEntry,
  makeEvent,
} from '@planledger/contracts';
import { fill } from '@planledger/kernel';
import { REFUSALS } from '@planledger/host';
import { emptyPlan, foldPlan, isPlanSide, PLAN_STREAM, planEvents } from '@planledger/plan';
import { COMMANDS } from '@planledger/project';
import { foldIndicator, foldProject } from '@planledger/sectors/kit';
import { shipped } from '@planledger/testing';

const EVENTS = (EntrySchema.oneofs[0]?.fields ?? []).map(({ localName }) => localName as EventType);

/** What deciders emit: the table's rows, the second value of an indicator, corrections and requests, and the import. */
const emitted = new Set<string>([
  ...COMMANDS.flatMap(({ makes, makesOneOf = {} }) => [makes, ...Object.keys(makesOneOf)]),
  ...['indicatorRevised', 'entryCorrected', 'entryRetracted', 'correctionRequested'],
  ...planEvents(shipped('kaifeng-145'), '2022-04-06').map((event) => event.case),
]);

test.each(EVENTS)('%s is emitted by a decider', (type) => {
  expect(emitted).toContain(type);
});

const entry = (position: number, stream: string, event: Parameters<typeof makeEvent>[0]): Entry =>
  makeEntry({ plan: 'p', position, version: position, stream, occurredOn: '2024-01-01', event });

const PLANNED = { milestones: [{ milestone: 'start', due: '2024-06-30' }] };
type Init = Parameters<typeof makeEvent>[0];
const RETRACTION = { asked: { case: 'retract', value: { entry: 1 } } } as const;

/**
 * A stream in which `event` can matter: a project with a claim, a report, a delivery, three requests, an element and its
 * places; an observation; an open month; a case.
 */
function historyFor(type: EventType): Entry[] {
  const [stream, ...inits] = ((): [string, ...Init[]] => {
    if (type.startsWith('indicator')) {
      return ['indicator/I05', { case: 'indicatorObserved', value: { period: '2023', value: '1' } }];
    }
    if (/^(period|report(Submitted|Returned|Approved))/.test(type)) {
      return ['period/2025-06/u/education', { case: 'periodOpened', value: { month: '2025-06', due: '2025-07-05' } }];
    }
    if (/^(supervision|case|finding)/.test(type)) {
      return ['case/c1', { case: 'findingRaised', value: { title: 't', entries: [1] } }];
    }
    return [
      'project/p1',
      { case: 'milestoneClaimed', value: { milestone: 'start' } },
      { case: 'progressReported', value: { quantities: [{ milestone: 'q', done: 1 }] } },
      { case: 'outputDelivered', value: { unit: 'u', measure: 'm', quantity: 1 } },
      { case: 'rebaselineRequested', value: { baseline: PLANNED } },
      { case: 'milestoneExempted', value: { milestone: 'design' } },
      { case: 'elementRequested', value: { element: 'e', quantity: 9n } },
      { case: 'offPlanFlagged', value: {} },
      { case: 'reserveEntered', value: {} },
      { case: 'correctionRequested', value: RETRACTION },
    ];
  })();
  return inits.map((init, index) => entry(index + 1, stream, init));
}

const SAMPLES: Partial<Record<EventType, object>> = {
  milestoneVerified: { milestone: 'start', claim: 1 },
  milestoneRejected: { milestone: 'start', claim: 1 },
  milestoneClaimed: { milestone: 'design' },
  progressReported: { quantities: [{ milestone: 'q', done: 2 }] },
  progressVerified: { report: 2 },
  progressRejected: { report: 2 },
  outputDelivered: { unit: 'v', measure: 'm', quantity: 1 },
  outputFactsStated: { unit: 'u', measure: 'm', since: '2024-01-01' },
  outputVerified: { unit: 'u', measure: 'm', delivery: 3 },
  outputRejected: { unit: 'u', measure: 'm', delivery: 3 },
  outputRevoked: { unit: 'u', measure: 'm', lostOn: '2024-02-01' },
  projectCodeBound: { code: { kind: 'approval', value: '1' }, validFrom: '2024-01-01' },
  projectCarriedIn: { fromPlan: 'earlier', registration: { name: 'n' } },
  milestonePlanned: { milestone: 'start', unit: 'u', due: '2024-02-01' },
  indicatorObserved: { period: '2024', value: '2' },
  indicatorRevised: { observation: 1, value: '2' },
  entryCorrected: {
    entry: 1,
    occurredOn: '2024-01-02',
    replacement: { event: { case: 'milestoneClaimed', value: { milestone: 'start' } } },
  },
  entryRetracted: { entry: 1 },
  rebaselineRequested: { baseline: PLANNED },
  rebaselineApproved: { request: 4, document: '汴发改〔2024〕9号' },
  rebaselineRefused: { request: 4 },
  milestoneExempted: { milestone: 'land' },
  exemptionApproved: { request: 5 },
  exemptionRefused: { request: 5 },
  elementRequested: { element: 'f', quantity: 1n },
  elementAllocated: { element: 'e', quantity: 2n },
  elementUsed: { element: 'e', quantity: 1n },
  elementReleased: { element: 'e', quantity: 1n },
  correctionRequested: RETRACTION,
  correctionApproved: { request: 9 },
  correctionRefused: { request: 9 },
  periodOpened: { month: '2025-06', due: '2025-07-08' },
  reportSubmitted: { nil: true },
  reportApproved: { level: 1 },
  findingRaised: { title: 'u', entries: [2] },
  findingRectified: { entries: [2] },
  caseEscalated: { level: 'bureau' },
};

test.each(EVENTS)('%s is read by a fold', (type) => {
  const event = makeEvent({ case: type, value: SAMPLES[type] ?? {} } as Parameters<typeof makeEvent>[0]);
  const without = (state: object): string =>
    JSON.stringify({ ...state, version: 0, position: 0 }, (_key, value: unknown) =>
      value instanceof Map ? [...value] : typeof value === 'bigint' ? value.toString() : value,
    );
  const history = historyFor(type);
  const stream = history[0]?.stream ?? '';
  const next = makeEntry({
    plan: 'p',
    position: 9,
    version: history.length + 1,
    stream,
    occurredOn: '2024-03-01',
    event,
  });
  const fold = type.startsWith('indicator') ? foldIndicator : foldProject;
  const seen = history.reduce(foldPlan, emptyPlan);
  const ofPlan = isPlanSide(stream) ? next : { ...next, stream: PLAN_STREAM };
  const inPlan = without(foldPlan(seen, ofPlan)) !== without(seen);
  const inStream = without(fold(stream, [...history, next])) !== without(fold(stream, history));
  expect(inPlan || inStream).toBe(true);
});

test('an entry of an older shape is read as today’s, and its stored bytes stay', () => {
  const old = makeEntry({
    plan: 'p',
    position: 1,
    version: 1,
    stream: 'project/p1',
    event: { case: 'projectRegistered', value: { name: '旧项目' } },
  });
  const stored = encodeEntry(old);
  const before = Buffer.from(stored).toString('hex');
  const { event } = decodeEntry(stored);
  expect(event.case === 'projectRegistered' && event.value.template).toBe('standard');
  expect(Buffer.from(stored).toString('hex')).toBe(before);
});

test.each(Object.entries(REFUSALS))('%s says the same in both languages', (_code, { zh, en }) => {
  const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const known = new Set(placeholders(zh));
  expect(zh).toMatch(/[一-鿿]/);
  // English may say less, never something that the Chinese sentence does not know of. Role names have a form in each.
  const foreign = placeholders(en).filter((name) => !known.has(name) && !known.has(name.replace(/En$/, 'Zh')));
  expect(foreign).toEqual([]);
  expect(fill(zh, {})).toBe(zh);
});
