import type { Completion } from '@planledger/progress';
import type { TestApp } from '@planledger/testing';
import type { Town } from './town.js';

/** A town whose system is reached over HTTP; what differs between profiles is who starts it and when it is caught up. */
export type Reached = Pick<TestApp, 'url' | 'token' | 'post' | 'get' | 'caughtUp'>;

export function httpTown(system: Reached, plan: string): Town {
  const root = `/api/plans/${plan}`;
  return {
    plan,
    send: (person, path, body) => system.post(person, `${root}/${path}`, body),
    read: (person, path) => system.get(person, path === '' ? root : `${root}/${path}`),
    caughtUp: () => system.caughtUp(plan),
    live: (person) => liveHeadlines(system, `${root}/live`, person),
  };
}

type Live = Pick<Completion, 'headline'>;

/** Server-sent events by fetch with the bearer header, as the dashboard reads them. */
async function* liveHeadlines({ url, token }: Reached, path: string, person: string): AsyncGenerator<Live> {
  const leave = new AbortController();
  const headers = { authorization: `Bearer ${await token(person)}` };
  const { body, status } = await fetch(`${url}${path}`, { headers, signal: leave.signal });
  if (!body || status !== 200) throw new Error(`${path}: ${status}`);
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      text += value;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const data = /^data: (.*)$/m.exec(text.slice(0, end))?.[1];
        text = text.slice(end + 2);
        if (data !== undefined) yield JSON.parse(data) as Live;
      }
    }
  } finally {
    leave.abort();
    await reader.cancel().catch(() => undefined);
  }
}
