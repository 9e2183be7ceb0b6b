import { startChild } from './drain.js';
import { quantiles } from './fixture.js';

const ASKED = 40;

/** What the child tells of itself; drain-child.ts. */
interface Service {
  readonly url: string;
  readonly token: string;
  readonly paths: readonly string[];
}

export interface ViewTimes extends ReturnType<typeof quantiles> {
  readonly view: string;
  /** The first time that anybody asks. */
  readonly first: number;
}

/** Milliseconds until the last byte of each of the sector's own views, over HTTP; documents change between two questions. */
export async function measureViews(prefix: string, entries: number): Promise<ViewTimes[]> {
  const child = startChild('views', prefix, entries);
  try {
    const { url, token, paths } = await child.next<Service>();
    const ask = async (path: string): Promise<number> => {
      const started = performance.now();
      const answer = await fetch(url + path, { headers: { authorization: `Bearer ${token}` } });
      await answer.arrayBuffer();
      if (answer.status !== 200) throw new Error(`${answer.status} of ${path}`);
      return performance.now() - started;
    };
    const times: ViewTimes[] = [];
    for (const path of paths) {
      const first = await ask(path);
      const taken: number[] = [];
      for (let n = 0; n < ASKED; n += 1) taken.push(await ask(path));
      times.push({ view: path.split('/').at(-1) ?? '', first, ...quantiles(taken) });
    }
    return times;
  } finally {
    await child.stop();
  }
}
