import { COMMANDS } from '@planledger/project';

/** Commands that clerks send to a server which is killed meanwhile, and what is known of each. */
export interface Sent {
  readonly name: string;
  readonly id: string;
  readonly params: Readonly<Record<string, string>>;
  readonly body: object;
  /** Of what is no row of the table: a correction. */
  readonly path?: string;
  /** Of what no clerk may do. */
  readonly by?: 'commission';
}

export interface Load {
  /** Every command ever sent, by its id. */
  readonly sent: ReadonlyMap<string, Sent>;
  /** Id → receipt, as its text. */
  readonly receipts: ReadonlyMap<string, string>;
  /** Answers that are no receipt, and receipts that differ from the one before. */
  readonly wrong: string[];
  /** Codes of 503 that said when to try again: the command is as good as unanswered. */
  readonly putOff: Map<string, number>;
  /** Resolves when the command was answered; false where the connection broke, or it was put off. */
  post(to: Signed, command: Sent): Promise<boolean>;
  /** The same of many in one NDJSON request; false where one was left unanswered. */
  postLines(to: Signed, commands: readonly Sent[]): Promise<boolean>;
  unanswered(): Sent[];
}

/** The plan's address in a running server, and who asks. */
export interface Signed {
  readonly api: string;
  readonly authorization: string;
  /** The same of the commission, where it is asked for anything. */
  readonly commission?: string;
}

const DATED = '2024-06-30';
/** A paper for what happened before the plan was loaded; without one it would be refused. */
const evidence = [{ digest: 'ab'.repeat(32), name: '会议纪要', kept: '档案室', dated: DATED }];

/** A command of the table with its own example, under an id of the load's. */
export function example(name: string, id: string, params: Sent['params'] = {}, change: object = {}): Sent {
  const row = COMMANDS.find((one) => one.name === name);
  if (!row) throw new Error(`no command ${name}`);
  return { name, id, params, body: { ...row.example, occurredOn: DATED, evidence, ...change } };
}

const pathOf = ({ name, params, path }: Sent): string =>
  path ??
  (COMMANDS.find((row) => row.name === name)?.path ?? '').replace(/\{(\w+)\}/g, (_, param: string) => params[param]!);

/** `answered` is told of every answer. */
export function createLoad(answered: () => void): Load {
  const sent = new Map<string, Sent>();
  const receipts = new Map<string, string>();
  const wrong: string[] = [];
  const putOff = new Map<string, number>();

  function take(id: string, status: number, receipt: object | undefined): void {
    const text = JSON.stringify(receipt);
    const before = receipts.get(id);
    const good = receipt !== undefined && (status === 201 || status === 200) && (before ?? text) === text;
    if (!good) wrong.push(`${id}: ${status} ${text}, before ${before}`);
    else receipts.set(id, text);
    answered();
  }

  async function untilBroken(request: () => Promise<boolean | void>): Promise<boolean> {
    try {
      return (await request()) ?? true;
    } catch (error) {
      // What fetch says of a connection that broke, by name: the class is another inside the test runner. Anything else
      // is a fault of the test.
      if ((error as Error).name === 'TypeError') return false;
      throw error;
    }
  }

  return {
    sent,
    receipts,
    wrong,
    putOff,
    unanswered: () => [...sent.values()].filter(({ id }) => !receipts.has(id)),
    post({ api, authorization: clerk, commission = '' }, command) {
      const { id, body, by } = command;
      const authorization = by ? commission : clerk;
      sent.set(id, command);
      return untilBroken(async () => {
        const headers = { authorization, 'idempotency-key': id, 'content-type': 'application/json' };
        const path = `${api}/${pathOf(command)}`;
        const response = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
        const answer = (await response.json()) as { code?: string };
        if (response.status === 503 && response.headers.has('retry-after')) {
          putOff.set(answer.code ?? '', (putOff.get(answer.code ?? '') ?? 0) + 1);
          return false;
        }
        take(id, response.status, response.ok ? answer : undefined);
        if (!response.ok) wrong.push(JSON.stringify(answer));
        return true;
      });
    },
    postLines({ api, authorization }, commands) {
      for (const command of commands) sent.set(command.id, command);
      const lines = commands.map(({ name, id, params, body }) =>
        JSON.stringify({ command: name, commandId: id, params, body }),
      );
      return untilBroken(async () => {
        const headers = { authorization, 'content-type': 'application/x-ndjson' };
        const response = await fetch(`${api}/commands`, { method: 'POST', headers, body: lines.join('\n') });
        let text = '';
        for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
          const whole = (text + chunk).split('\n');
          text = whole.pop() ?? '';
          for (const line of whole) {
            const { commandId, status, receipt } = JSON.parse(line) as Answer;
            take(commandId, status, receipt);
          }
        }
      });
    },
  };
}

interface Answer {
  readonly commandId: string;
  readonly status: number;
  readonly receipt?: object;
}
