import createClient from 'openapi-fetch';
import type { paths } from '../../gen/schema';
import { i18n } from '../i18n/catalogue';
import { token, signedOut } from '../session/token';
import { Problem, problemFrom } from './problem';

/** Everything the surface has, as its OpenAPI document says it: paths, parameters and bodies are checked by the compiler. */
export const surface = createClient<paths>({ baseUrl: '' });

surface.use({
  onRequest({ request }) {
    const known = token();
    if (known) request.headers.set('authorization', `Bearer ${known}`);
    request.headers.set('accept-language', 'zh-CN');
    return request;
  },
});

/**
 * The answer of a read, typed by who asks: the document says of answers in words only, `T` is the type that the core
 * gives its answer (`@planledger/progress` and its neighbours). Throws a Problem for whatever is no answer.
 *
 *     const indicators = await answerOf<Indicators>(surface.GET('/api/plans/{plan}/indicators', { params }));
 */
export async function answerOf<T>(asked: Promise<unknown>): Promise<T> {
  const { data, error, response } = (await reached(asked)) as { data?: T; error?: unknown; response: Response };
  if (response.ok) return data as T;
  if (response.status === 401) signedOut();
  throw problemFrom(response, error);
}

/** Where an entry of a command stands. */
export interface Receipt {
  readonly plan?: string;
  readonly commandId: string;
  readonly recordedAt?: string;
  readonly entries: readonly {
    readonly stream: string;
    readonly version: number;
    readonly position: number;
    readonly leafHash: string;
  }[];
}

async function reached<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch {
    throw new Problem('UNREACHABLE', 0, i18n.global.t('problem.unreachable'));
  }
}
