import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { CONNECTIONS } from './http.js';
import { PLAN, progressBody, projectId, PROJECTS, quantiles } from './fixture.js';

export interface Delays {
  readonly p50: number;
  readonly p99: number;
  readonly perSecond: number;
}

/** What a live reader is told, as far as it is looked at. */
interface Told {
  readonly at: number;
  readonly through: number;
}

/** Where reports are posted and `live` is read, one address in one process; a token that may do both. */
export interface LiveSystem {
  readonly url: string;
  /** Of the aggregator, where it is a process of its own. */
  readonly liveUrl?: string;
  readonly token: string;
}

/**
 * Reports posted at a steady rate while somebody reads `live`: milliseconds from the sending of each to the event that
 * knows of it.
 */
export async function postToLive(
  { url, liveUrl = url, token }: LiveSystem,
  perSecond: number,
  seconds: number,
): Promise<Delays> {
  const authorization = `Bearer ${token}`;
  const [run, reading] = [randomUUID(), new AbortController()];
  const told: Told[] = [];
  const live = await fetch(`${liveUrl}/api/plans/${PLAN}/live`, { headers: { authorization }, signal: reading.signal });
  const reader = readEvents(live.body!, told).catch(() => undefined);
  const sent: { readonly at: number; readonly position: Promise<number> }[] = [];
  const started = performance.now();
  const total = perSecond * seconds;
  while (sent.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - started) / 1_000) * perSecond));
    while (sent.length < due)
      sent.push({
        at: performance.now(),
        position: post(url, authorization, `live-${run}-${sent.length}`, sent.length),
      });
    await setTimeout(1);
  }
  const sending = (performance.now() - started) / 1_000;
  const positions = await Promise.all(sent.map(({ position }) => position));
  const last = Math.max(...positions);
  while ((told.at(-1)?.through ?? 0) < last) await setTimeout(5);
  reading.abort();
  await reader;
  agent.destroy();
  const delays = sent.map(({ at }, index) => told.find(({ through }) => through >= positions[index]!)!.at - at);
  return { ...quantiles(delays), perSecond: sent.length / sending };
}

/** As many connections as a front would keep; a report that finds none free waits, and its wait counts. */
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

/** The position of the entry that a report became. */
async function post(url: string, authorization: string, commandId: string, index: number): Promise<number> {
  const sending = request(`${url}/api/plans/${PLAN}/projects/${projectId(index % PROJECTS)}/progress`, {
    ...{ agent, method: 'POST' },
    headers: { authorization, 'content-type': 'application/json', 'idempotency-key': commandId },
  });
  sending.end(JSON.stringify(progressBody()));
  const [response] = (await once(sending, 'response')) as [IncomingMessage];
  const receipt = (await json(response)) as { entries?: readonly { position: number }[] };
  if (response.statusCode !== 201) throw new Error(`${response.statusCode} ${JSON.stringify(receipt)}`);
  return receipt.entries?.[0]?.position ?? 0;
}

async function readEvents(body: ReadableStream<Uint8Array>, told: Told[]): Promise<void> {
  let text = '';
  for await (const part of body.pipeThrough(new TextDecoderStream())) {
    text += part;
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (data === undefined) continue;
      const { through } = JSON.parse(data) as { through: Record<string, number> };
      told.push({ at: performance.now(), through: Math.max(0, ...Object.values(through)) });
    }
  }
}
