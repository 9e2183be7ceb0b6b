/** A refusal or failure as the surface says it (RFC 9457), or a connection that was lost. */
export class Problem extends Error {
  constructor(
    readonly code: string,
    /** 0 where nothing was answered: whether a command was taken is then unknown until it is sent again. */
    readonly status: number,
    detail: string,
    /** By field of the body. */
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
    errors ?? [],
    Number.isFinite(wait) && wait > 0 ? wait : undefined,
  );
}
