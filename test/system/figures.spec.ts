import { describe, expect, test } from '@jest/globals';
import { replayedInput } from '@planledger/audit-service/replay';
import { type CompletionInput, explain, type Explanation } from '@planledger/progress';
import { SECTORS } from '@planledger/sectors';
import { DEMO_PLAN } from '@planledger/testing';
import { onDemo } from '../on-demo.js';

const PLAN = `/api/plans/${DEMO_PLAN}`;

const { app, read } = onDemo('auditor');

/** An explanation with the children of all its pages, read `limit` at a time. */
async function wholly(node: string, query = '', person = 'auditor', route = 'explain', limit = 500) {
  const asked = `${route}?node=${encodeURIComponent(node)}&limit=${limit}${query}`;
  const first: Explanation = await read(asked, person);
  const children = [...first.children];
  for (let next = first.page?.next ?? null; next !== null;) {
    const page: Explanation = await read(`${asked}&cursor=${encodeURIComponent(next)}`, person);
    expect(page.value).toEqual(first.value);
    children.push(...page.children);
    next = page.page?.next ?? null;
  }
  return { ...first, children };
}

describe('the children of an explanation', () => {
  test('are paged by a replay as they are live', async () => {
    const node = 'measure/B2-1.schools';
    const { children, page } = await wholly(node);
    expect([page?.total, children.length > 2]).toEqual([children.length, true]);
    for (const route of ['explain', 'replay/explain']) {
      expect((await wholly(node, '', 'auditor', route, 2)).children).toEqual(children);
      const { status } = await app().get('auditor', `${PLAN}/${route}?node=${node}&limit=501`);
      expect([route, status]).toEqual([route, 400]);
    }
  });
});

describe('the difference between two moments', () => {
  interface Seen {
    readonly exact: string | null;
    readonly at: number;
    readonly on: string;
  }

  test('gives each side of every figure again, by the address and at the moment that it names', async () => {
    const { head } = await read('entries?limit=1');
    const loaded: number = (await read('entries?type=planLoaded&limit=1')).entries[0].position;
    const inputs = new Map<string, CompletionInput>();
    const asked: string[] = [];
    for (const [from, to] of [
      [loaded, Math.ceil(head / 2)],
      [Math.ceil(head / 2), head],
    ]) {
      const { changes } = await read(`diff?from=${from}&to=${to}`);
      expect(changes.length).toBeGreaterThan(20);
      for (const change of changes as { node: string; from: Seen | null; to: Seen }[]) {
        expect([change.from?.at ?? from, change.to.at]).toEqual([from, to]);
        for (const { at, on, exact } of [change.from ?? [], change.to].flat()) {
          const moment = `${at} ${on}`;
          const input = inputs.get(moment) ?? (await replayedInput(app().platform, DEMO_PLAN, { position: at, on }));
          inputs.set(moment, input);
          const { node } = change;
          expect([node, moment, explain(input, node, 'verified')?.value.exact]).toEqual([node, moment, exact]);
          asked.push(`replay/explain?node=${encodeURIComponent(node)}&at=${at}&on=${on}`);
        }
      }
    }
    expect(inputs.size).toBe(3);
    for (const path of [asked[0], asked.at(-1)]) expect(await read(path ?? '')).toHaveProperty('formula');
  });
});

describe('an explanation', () => {
  const CLERK = 'clerk-education-410212';
  const isOwn = ({ sector, county }: { sector: string; county: string }): boolean =>
    sector === 'education' && county === '410212';
  const all = async (): Promise<{ stream: string; name: string; sector: string; county: string }[]> =>
    (await read('projects?limit=200')).projects;

  test('gives everybody the same sums, and names projects to those who may see them alone', async () => {
    const projects = await all();
    const nodes = ['measure/B2-1.schools', 'under-way/measure/B2-1.schools', 'implied/I20/2025-10-31/numerator'];
    let [named, hidden] = [0, 0];
    for (const node of nodes) {
      const whole = await wholly(node);
      const shown = await wholly(node, '', CLERK);
      expect([shown.value, shown.inputs, shown.leftOutTotal]).toEqual([whole.value, whole.inputs, whole.leftOutTotal]);
      for (const [at, child] of whole.children.entries()) {
        const project = projects.find(({ stream }) => child.node.includes(stream));
        if (!project || isOwn(project)) {
          expect(shown.children[at]).toEqual(child);
          if (project) named += 1;
        } else {
          expect(shown.children[at]).toEqual({ ...child, node: '', name: '其他单位的项目' });
          hidden += 1;
          const { status } = await app().get(CLERK, `${PLAN}/explain?node=${encodeURIComponent(child.node)}`);
          expect([child.node, status]).toEqual([child.node, 404]);
        }
      }
      expect((await wholly(node, '', CLERK, 'explain', 1)).children).toEqual(shown.children);
      for (const { name } of projects.filter((each) => !isOwn(each))) {
        expect(JSON.stringify(shown)).not.toContain(name);
      }
    }
    expect([named > 0, hidden > 3]).toEqual([true, true]);
  });

  test('of a project, its milestones, lamps and days is not there for who may not see it', async () => {
    const other = (await all()).find((each) => each.sector === 'education' && !isOwn(each));
    const id = other?.stream.slice('project/'.length);
    const due: { address: string }[] = (await read('due?within=366')).due;
    const gaps: { address: string }[] = (await read('gaps')).gaps;
    const own: { address: string }[] = (await read('gaps', CLERK)).gaps;
    expect(own.length).toBeLessThan(gaps.length);
    const ofOthers = gaps.filter(({ address }) => !own.some((each) => each.address === address));
    for (const node of [
      ...[`project/${id}`, `money/funded/project/${id}`, `lamp/overall/project/${id}`, `milestone/${id}/start`],
      ...due.map(({ address }) => address).filter((address) => address.includes(`/${id}/`)),
      ...ofOthers.slice(0, 5).map(({ address }) => address),
    ]) {
      const answers = [CLERK, 'commission'].map((who) =>
        app().get(who, `${PLAN}/explain?node=${encodeURIComponent(node)}`),
      );
      const [refused, shown] = (await Promise.all(answers)).map(({ status }) => status);
      expect([node, refused, shown]).toEqual([node, 404, 200]);
    }
  });

  test('of what a list counts is of what the reader sees in it', async () => {
    for (const who of [CLERK, 'commission']) {
      const { counts, addresses } = await read('lamps?limit=1&colour=red', who);
      const { total, node } = await read('projects?limit=1&stage=in-use', who);
      expect([addresses.red, node]).toEqual(['lamps/red', 'projects/total/stage/in-use']);
      const figures = [...Object.keys(counts).map((count) => [addresses[count], counts[count]]), [node, total]];
      for (const [address, count] of figures) {
        const { value, children } = await wholly(address, '', who);
        expect([address, value.exact, children.length]).toEqual([address, String(count), count]);
        expect(children.filter((child) => child.node === '')).toEqual([]);
      }
    }
    for (const none of ['lamps/pink', 'lamps/red/name', 'projects/total/stage/nowhere', 'lamps/red/colour/red']) {
      const { status } = await app().get('commission', `${PLAN}/explain?node=${none}`);
      expect([none, status]).toEqual([none, 404]);
    }
  });
});

describe('the views of the sectors', () => {
  /** Paths of an answer’s records, each with what numbers it holds. */
  function numbersIn(value: unknown, found: [string, number][] = []): [string, number][] {
    if (typeof value !== 'object' || value === null) return found;
    const { node } = value as { node?: string };
    for (const [name, each] of Object.entries(value)) {
      if (typeof each === 'number' && node !== undefined) found.push([`${node}/${name}`, each]);
      numbersIn(each, found);
    }
    return found;
  }

  test('answer with the address of every record, and the sector explains the numbers in it', async () => {
    const parameters = { 'education/school-places': '?county=410212', 'health/beds': '?basis=verified' };
    for (const [sector, { views }] of SECTORS) {
      for (const name of Object.keys(views)) {
        const view = `${sector}/${name}`;
        const asked = view in parameters ? parameters[view as keyof typeof parameters] : '';
        const numbers = numbersIn(await read(`sectors/${view}${asked}`, 'commission'));
        for (const [node, number] of numbers.filter(([each]) => !/\/(year|level|latest)$/.test(each)).slice(0, 4)) {
          expect(node.startsWith(`view/${view}/${asked.slice(1)}`)).toBe(true);
          const { value } = await wholly(node, '', 'commission', `sectors/${sector}/explain`, 2);
          expect([node, value.exact]).toEqual([node, String(number)]);
        }
        if (asked !== '') expect([view, numbers.length > 0]).toEqual([view, true]);
      }
    }
  });

  test('come down to projects, for who may see them, and to their entries', async () => {
    const { places } = await read('sectors/education/school-places', 'commission');
    const cell = places.find(({ county }: { county: string }) => county !== '410212');
    const [route, node] = ['sectors/education/explain', `${cell.node}/claimed`];
    const { children, value } = await wholly(node, '', 'commission', route);
    expect(value.exact).toBe(String(cell.claimed));
    const leaf: Explanation = await read(`${route}?node=${encodeURIComponent(children[0]!.node)}`, 'commission');
    expect([leaf.value.exact, leaf.children[0]?.node]).toEqual([children[0]?.value, expect.stringMatching(/^project/)]);
    const types = await Promise.all(leaf.entries.map(async (at) => (await read(`entries/${at}`)).type));
    expect(types).toContain('outputDelivered');
    const past = await wholly(node, '', 'auditor', 'replay/explain', 1);
    expect(past).toEqual({ ...(await wholly(node, '', 'auditor', route, 1)), at: expect.any(Number) });
    const [first] = (await read(`entries?type=outputDelivered&stream=${leaf.children[0]?.node}&limit=1`)).entries;
    const earlier = `replay/explain?node=${encodeURIComponent(leaf.node)}&at=${first.position - 1}`;
    expect((await app().get('auditor', `${PLAN}/${earlier}`)).status).toBe(404);
    const hidden = await wholly(node, '', 'clerk-education-410212', route);
    expect(hidden.value).toEqual(value);
    expect(hidden.children).toEqual(children.map((each) => ({ ...each, node: '', name: '其他单位的项目' })));
    for (const none of [children[0]!.node, `${cell.node}/nothing`, 'view/health/beds/counties', 'item/B2-1']) {
      const { status } = await app().get('clerk-education-410212', `${PLAN}/${route}?node=${encodeURIComponent(none)}`);
      expect([none, status]).toEqual([none, 404]);
    }
  });
});
