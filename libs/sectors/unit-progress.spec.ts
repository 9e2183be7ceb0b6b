import { describe, expect, test } from '@jest/globals';
import { claimed, progress, type WrittenStream, writeStream } from './conformance-history.js';
import { foldProject } from './project.js';
import { SCHEME_TEMPLATE, type Sector, STRUCTURE } from './sector.js';
import { standingOf } from './standing.js';

/** Weights 10 start, 10 and 15 quantities, 40 acceptance, 25 opening: 75 of them are of milestones that units have. */
const SECTOR: Sector = {
  ...{ slug: 'toy', name: '样例', rules: 'v0', refusals: {}, views: {}, unitKinds: {} },
  templates: {
    building: {
      name: '样例',
      milestones: [
        ...STRUCTURE,
        { code: 'acceptance', name: '竣工', weight: 40, type: 'acceptance' },
        { code: 'opening', name: '投用', weight: 25, type: 'service' },
      ],
    },
    scheme: SCHEME_TEMPLATE,
  },
};

/** A bundle of two named units and three that are not. */
function bundle(template = 'building'): WrittenStream {
  const written = writeStream('project/p');
  written.add('2022-03-01', { case: 'projectRegistered', value: { name: '打捆项目', sector: 'toy', template } });
  const milestones = (SECTOR.templates[template]?.milestones ?? []).map(({ code, type }) => ({
    ...{ milestone: code, due: '2024-06-30', designed: type === 'quantity' ? 1_000 : 0 },
  }));
  const outputs = ['u-1', 'u-2', ''].map((unit) => ({ measure: 'm', quantity: unit ? 1 : 3, due: '2024-06-30', unit }));
  written.add('2022-03-02', { case: 'baselineSet', value: { milestones, outputs } });
  return written;
}
const plan = (written: WrittenStream, milestone: string, unit: string, due: string): number =>
  written.add('2022-03-03', { case: 'milestonePlanned', value: { milestone, unit, due } });
const rows = ({ stream, entries }: WrittenStream) =>
  standingOf(SECTOR, foldProject(stream, entries), 'p').designed.map(({ unit, quantity, claimed: c, verified }) => [
    unit,
    quantity,
    c,
    verified,
  ]);

describe('the progress of a unit of a bundle', () => {
  test('is no text while it has no milestone of its own: it moves with its project', () => {
    const written = bundle();
    written.add('2022-05-01', claimed('start'));
    expect(rows(written)).toEqual([
      ['u-1', 1, '', ''],
      ['u-2', 1, '', ''],
      ['', 3, '', ''],
    ]);
  });

  test('is its own once it has a date or a claim of its own, by the template’s weights without quantities', () => {
    const written = bundle();
    plan(written, 'acceptance', 'u-1', '2023-06-30');
    expect(rows(written)[0]).toEqual(['u-1', 1, '0', '0']);
    const start = written.add('2022-05-01', claimed('start', 'u-1'));
    written.add('2022-06-01', claimed('start', 'u-2'));
    written.add('2022-06-01', progress({ foundation: 1_000 }));
    expect(rows(written)).toEqual([
      ['u-1', 1, '2/15', '0'],
      ['u-2', 1, '2/15', '0'],
      ['', 3, '', ''],
    ]);
    const value = { milestone: 'start', unit: 'u-1', claim: start };
    written.add('2022-06-02', { case: 'milestoneVerified', value });
    written.add('2023-06-01', claimed('acceptance', 'u-1'));
    expect(rows(written)[0]).toEqual(['u-1', 1, '2/3', '2/15']);
  });

  test('takes what its project reached for all of them, unless it reached that by itself', () => {
    const written = bundle();
    plan(written, 'opening', 'u-1', '2023-09-01');
    const claim = written.add('2022-05-01', claimed('start'));
    written.add('2022-05-02', { case: 'milestoneVerified', value: { milestone: 'start', claim } });
    expect(rows(written)[0]).toEqual(['u-1', 1, '2/15', '2/15']);
    written.add('2022-05-03', claimed('start', 'u-1'));
    expect(rows(written)[0]).toEqual(['u-1', 1, '2/15', '0']);
  });

  test('falls back to its project’s when its only claim is refused', () => {
    const written = bundle();
    const claim = written.add('2022-05-01', claimed('start', 'u-1'));
    expect(rows(written)[0]?.[2]).toBe('2/15');
    written.add('2022-05-02', { case: 'milestoneRejected', value: { milestone: 'start', unit: 'u-1', claim } });
    expect(rows(written)[0]?.[2]).toBe('');
    plan(written, 'opening', 'u-1', '2023-09-01');
    expect(rows(written)[0]?.[2]).toBe('0');
    written.add('2022-05-03', claimed('start'));
    expect(rows(written)[0]?.[2]).toBe('2/15');
  });
});

test('a scheme shows its documents, and is never started', () => {
  const written = bundle('scheme');
  written.add('2022-05-01', claimed('scheme-drafted'));
  const { milestones, startedOn } = standingOf(SECTOR, foldProject(written.stream, written.entries), 'p');
  expect(milestones.map(({ milestone, type, claimed: c }) => [milestone, type, c])).toEqual([
    ['scheme-drafted', 'document', '1'],
    ['scheme-submitted', 'document', '0'],
    ['scheme-approved', 'document', '0'],
  ]);
  expect(startedOn).toBe('');
});
