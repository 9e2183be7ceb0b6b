import { AUTH_REFUSALS } from '@planledger/auth';
import { fill, type Rejection, type RejectionCatalogue } from '@planledger/kernel';
import { PROJECT_REFUSALS, type Violation } from '@planledger/project';
import { SECTORS } from '@planledger/sectors';

/** A problem document (RFC 9457) with a stable code and, of a bad shape, every violation. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly Violation[];
  /** Seconds after which to try again; sent as Retry-After. */
  readonly retryAfterSeconds?: number;
}

/** Problems of the HTTP surface itself, which no decider knows. */
const SURFACE = {
  BODY_MALFORMED: [
    400,
    '请求内容格式不对：请按所列各项修改后重新提交。',
    'The body has the wrong shape; each violation is listed.',
  ],
  QUERY_MALFORMED: [400, '参数{name}不对，应为：{expected}。', 'Parameter {name} must be: {expected}.'],
  IDEMPOTENCY_KEY_MISSING: [
    400,
    '缺少命令号：请在请求头 Idempotency-Key 中填写8至80位的字母、数字、点、下划线或连字符。',
    'Send an Idempotency-Key header of 8 to 80 letters, digits, dots, underscores or hyphens.',
  ],
  NOT_SIGNED_IN: [401, '未登录或登录已过期：请重新登录。', 'Not signed in, or the token has expired: sign in again.'],
  FORBIDDEN: [403, '您的角色无权访问此项。', 'Your role may not use this.'],
  NOT_FOUND: [404, '没有找到：请核对地址。', 'Nothing stands at this address.'],
  ID_REUSED: [
    422,
    '命令号{commandId}已用于另一内容：请换一个命令号重新提交。',
    'The command id {commandId} was used for another body: take a new one.',
  ],
  STALE_VERSION: [
    412,
    '数据已被他人更新（当前版本{version}）：请刷新后核对再提交。',
    'The stream is at version {version} now: read it again, then decide.',
  ],
  OVERLOADED: [503, '系统繁忙，未写入任何内容：请稍后重试。', 'Too busy; nothing was written. Try again later.'],
  STORE_UNAVAILABLE: [
    503,
    '存储暂不可用，未写入任何内容：请稍后重试。',
    'The store cannot be reached; nothing was written. Try again later.',
  ],
  OUTCOME_UNKNOWN: [
    503,
    '存储暂不可用，结果未知：请用同一命令号重试，不会重复记账。',
    'The store failed and the outcome is unknown: send again under the same command id; nothing is applied twice.',
  ],
  UNSUPPORTED_MEDIA: [415, '不支持的内容类型：请按接口说明提交。', 'This content type is not taken here.'],
  TOO_LARGE: [413, '提交内容过大：请分次提交。', 'The body is too large: split it.'],
  INTERNAL: [500, '系统内部错误，已记录：请联系运维人员。', 'Something broke here; it was logged.'],
} as const satisfies Record<string, readonly [number, string, string]>;

export type SurfaceCode = keyof typeof SURFACE;
export type Language = 'zh' | 'en';

/** What each kind of refusal is over HTTP. */
export const REFUSAL_STATUS = { conflict: 409, invalid: 422, forbidden: 403, missing: 404 } as const;

/** Every refusal that can leave this system, by code. */
export const REFUSALS: RejectionCatalogue = Object.assign(
  {},
  AUTH_REFUSALS,
  PROJECT_REFUSALS,
  ...[...SECTORS.values()].map(({ refusals }) => refusals),
) as RejectionCatalogue;

const typeOf = (code: string): string => `urn:planledger:problem:${code.toLowerCase().replaceAll('_', '-')}`;

export function surfaceProblem(
  code: SurfaceCode,
  language: Language,
  details: Rejection['details'] = {},
  more: Partial<Problem> = {},
): Problem {
  const [status, zh, en] = SURFACE[code];
  const detail = fill(language === 'zh' ? zh : en, details);
  return { type: typeOf(code), title: code, status, code, detail, ...more };
}

/** A refusal as a problem. A code outside the catalogue is a bug, and answers 500 rather than nothing. */
export function refusalProblem({ rejected, details }: Rejection, language: Language): Problem {
  const text = Object.hasOwn(REFUSALS, rejected) ? REFUSALS[rejected] : undefined;
  if (!text) return surfaceProblem('INTERNAL', language);
  const detail = fill(text[language], details);
  return { type: typeOf(rejected), title: rejected, status: REFUSAL_STATUS[text.kind], code: rejected, detail };
}

/** English where asked for before Chinese, else Chinese. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const first = /^\s*(zh|en)\b/i.exec(acceptLanguage ?? '')?.[1]?.toLowerCase();
  return first === 'en' ? 'en' : 'zh';
}

/** Thrown by handlers to answer with a problem. */
export class ProblemError extends Error {
  constructor(
    readonly code: SurfaceCode,
    readonly details: Rejection['details'] = {},
    readonly more: Partial<Problem> = {},
  ) {
    super(code);
  }
}

/** Thrown by handlers to answer with a refusal. */
export class RefusedError extends Error {
  constructor(readonly rejection: Rejection) {
    super(rejection.rejected);
  }
}

/** Status and sentence of every code, for the documentation. */
export const surfaceCodes = (): { code: string; status: number; en: string }[] =>
  Object.entries(SURFACE).map(([code, [status, , en]]) => ({ code, status, en }));
