/** A refusal or failure as the surface says it (RFC 9457), or a connection that was lost. */
export class Problem extends Error {
  constructor(
    readonly code: string,
    /** 0 where nothing was answered: whether a command was taken is then unknown until it is sent again. */
    readonly status: number,
    detail: string,
    /** By field of the body, e.g. `milestones.0.due`. */
    readonly errors: readonly { readonly field: string; readonly problem: string }[] = [],
    readonly retryAfterSeconds: number | undefined = undefined,
  ) {
    super(detail);
  }
}

interface ProblemBody {
  readonly code?: string;
  readonly detail?: string;
  readonly title?: string;
  readonly errors?: readonly { readonly field: string; readonly problem: string }[];
}

/** `body` as parsed; what is no problem document (of something between us and the surface) gets the status as its code. */
export function problemFrom(response: Response, body: unknown): Problem {
  const { code, detail, title, errors } = (typeof body === 'object' && body !== null ? body : {}) as ProblemBody;
  const wait = Number(response.headers.get('retry-after'));
  return new Problem(
    code ?? `HTTP_${response.status}`,
    response.status,
    detail ?? title ?? response.statusText,
    (errors ?? []).map(({ field, problem }) => ({ field: field.replaceAll(/\[(\d+)\]/g, '.$1'), problem })),
    Number.isFinite(wait) && wait > 0 ? wait : undefined,
  );
}

/** By what class-validator says of a field, in its own English. */
const FIELD_WORDS: readonly (readonly [RegExp, string])[] = [
  [/longer than or equal to (\d+)/, 'tooShort'],
  [/shorter than or equal to (\d+)/, 'tooLong'],
  [/not be less than (-?\d+)/, 'tooSmall'],
  [/not be greater than (-?\d+)/, 'tooLarge'],
  [/at least (\d+) element/, 'tooFew'],
  [/integer|number/, 'noNumber'],
  [/\\d\{4\}/, 'noDate'],
  [/one of/, 'notOffered'],
];

/** Which word of the catalogue (`problem.field`) says to a clerk what is wrong with a field. */
export function fieldWord(problem: string): { readonly word: string; readonly limit: string } {
  const [pattern, word] = FIELD_WORDS.find(([test]) => test.test(problem)) ?? [/^/, 'misformed'];
  return { word, limit: pattern.exec(problem)?.[1] ?? '' };
}
