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

describe('lists of projects that everybody reads', () => {
  const CLERK = 'clerk-veterans-410221';
  const HIDDEN = '其他单位的项目';
  interface Listed {
    readonly stream: string;
    readonly name: string;
    readonly sector: string;
    readonly county: string;
  }
  const isOwn = ({ sector, county }: Listed): boolean => sector === 'veterans' && county === '410221';
  const others = async (): Promise<Listed[]> =>
    (await read('projects?limit=200')).projects.filter((each: Listed) => !isOwn(each));

  test('the headline names a departed project to who may see it; to others it is a line with its numbers', async () => {
    const hidden = new Set((await others()).map(({ stream }) => stream));
    const [{ headline: whole }, { headline: shown }] = await Promise.all([
      read('completion'),
      read('completion', CLERK),
    ]);
    let met = 0;
    for (const half of ['programmes', 'body'] as const) {
      const [all, seen] = [whole[half].denominator, shown[half].denominator];
      expect([seen.leftTotal, seen.left.length]).toEqual([all.leftTotal, all.left.length]);
      for (const [at, line] of (all.left as { project: string }[]).entries()) {
        const isHidden = hidden.has(line.project);
        expect(seen.left[at]).toEqual(isHidden ? { ...line, node: '', project: '', name: HIDDEN } : line);
        if (isHidden) met += 1;
      }
      expect({ ...shown[half], denominator: null }).toEqual({ ...whole[half], denominator: null });
    }
    expect(met).toBeGreaterThan(1);
  });

  test('a view of a sector names no project of another sector, and counts it all the same', async () => {
    const strangers = (await others()).filter(({ sector }) => sector !== 'veterans');
    let met = 0;
    for (const [sector, { views }] of SECTORS) {
      if (sector === 'veterans') continue;
      for (const name of Object.keys(views)) {
        const path = `sectors/${sector}/${name}`;
        const [whole, shown] = [await read(path, 'commission'), await read(path, CLERK)];
        for (const { stream, name: project } of strangers) {
          expect([path, stream, JSON.stringify(shown).includes(stream)]).toEqual([path, stream, false]);
          const own = [...rowsIn(whole)].some((row) => row['project'] === project);
          if (own) expect([...rowsIn(shown)].filter((row) => row['project'] === project)).toEqual([]);
        }
        const rows = [[...rowsIn(whole)], [...rowsIn(shown)]] as const;
        expect([path, rows[1].length]).toEqual([path, rows[0].length]);
        for (const [at, row] of rows[0].entries()) {
          const { stream, node, ...rest } = row;
          expect([path, numbersOf(rows[1][at])]).toEqual([path, numbersOf(row)]);
          if (typeof stream !== 'string' || !strangers.some((each) => each.stream === stream)) continue;
          met += 1;
          expect(rows[1][at]).toMatchObject({ node: '', stream: '' });
          for (const field of ['name', 'project', 'unit']) if (rest[field]) expect(rows[1][at]?.[field]).toBe(HIDDEN);
          const numeric = Object.keys(rest).find((field) => typeof rest[field] === 'number');
          if (numeric === undefined) continue;
          const asked = `sectors/${sector}/explain?node=${encodeURIComponent(`${String(node)}/${numeric}`)}`;
          expect([asked, (await app().get(CLERK, `${PLAN}/${asked}`)).status]).toEqual([asked, 404]);
        }
      }
    }
    expect(met).toBeGreaterThan(3);
  });

  type Row = Readonly<Record<string, unknown>>;
  function* rowsIn(value: unknown): Generator<Row> {
    if (typeof value !== 'object' || value === null) return;
    if (!Array.isArray(value)) yield value as Row;
    for (const each of Object.values(value)) yield* rowsIn(each);
  }
  const numbersOf = (row: Row | undefined): unknown[] =>
    Object.entries(row ?? {}).filter(([, value]) => typeof value === 'number');
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

  test('give long lists by pages, the same rows one after another', async () => {
    let pages = 0;
    for (const path of ['veterans/memorials', 'social-protection/facilities', 'education/school-places']) {
      const whole: Lists = await read(`sectors/${path}`, 'commission');
      expect([path, whole.next]).toEqual([path, {}]);
      const first: Lists = await read(`sectors/${path}?limit=1`, 'commission');
      for (const list of Object.keys(first.next)) {
        const rows = [...(first[list] as readonly unknown[])];
        for (let cursor = first.next[list]; cursor !== undefined;) {
          const shown: Lists = await read(`sectors/${path}?limit=1&cursor=${encodeURIComponent(cursor)}`, 'commission');
          expect(Object.keys(shown).sort()).toEqual([list, 'next', 'node'].sort());
          rows.push(...(shown[list] as readonly unknown[]));
          cursor = shown.next[list];
          pages += 1;
        }
        expect([path, list, rows]).toEqual([path, list, whole[list]]);
      }
    }
    expect(pages).toBeGreaterThan(3);
    const { status } = await app().get('commission', `${PLAN}/sectors/veterans/memorials?cursor=memorials`);
    expect(status).toBe(400);
  });
  type Lists = Readonly<Record<string, unknown>> & { readonly next: Readonly<Record<string, string>> };

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
