import { createHmac, generateKeyPairSync, sign as signWith } from 'node:crypto';
import { TOKEN_MAX_BYTES } from './bearer.js';

/** For tests: what one needs to write any token in the name of an issuer, good or bad. */
export interface Forge {
  /** Header and claims of a token that passes. */
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly sign: (input: string) => Buffer;
  /** Another algorithm of the same key, not among those allowed. */
  readonly unlisted: { readonly alg: string; readonly sign: (input: string) => Buffer };
  /** Whatever of the key the world can read; a careless check takes it for a shared secret. */
  readonly publicText: string;
}

type Change = Readonly<Record<string, unknown>>;
const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const compact = (header: unknown, claims: unknown, sign: Forge['sign']): string => {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${sign(input).toString('base64url')}`;
};
const hmac =
  (secret: string, hash = 'sha256') =>
  (input: string): Buffer =>
    createHmac(hash, secret).update(input).digest();

const attacker = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const byAttacker = (input: string): Buffer => signWith('sha256', Buffer.from(input), attacker.privateKey);
const attackerJwk = { ...attacker.publicKey.export({ format: 'jwk' }), kid: 'theirs', alg: 'RS256', use: 'sig' };

/** Changed header or claims under a right signature; a change to undefined leaves the member out. */
export const forged = (forge: Forge, { header = {}, claims = {} }: { header?: Change; claims?: Change } = {}): string =>
  compact({ ...forge.header, ...header }, { ...forge.claims, ...claims }, forge.sign);

const without = (text: string, dots: number): string => text.split('.').slice(0, -dots).join('.');
/** The members of an object as JSON text, one more behind them: that a name stands twice no object can say. */
const plusMember = (object: unknown, member: string): string => `${JSON.stringify(object).slice(0, -1)},${member}}`;

type Bad = (forge: Forge) => string;
const header =
  (change: Change): Bad =>
  (forge) =>
    forged(forge, { header: change });
const claims =
  (change: Change): Bad =>
  (forge) =>
    forged(forge, { claims: change });
const attack =
  (change: Change, sign: Forge['sign']): Bad =>
  (forge) =>
    compact({ ...forge.header, ...change }, forge.claims, sign);

const SHAPE: Record<string, Bad> = {
  'nothing at all': () => '',
  'a word': () => 'commission',
  'one dot missing: no signature': (forge) => without(forged(forge), 1),
  'two dots missing: the header alone': (forge) => without(forged(forge), 2),
  'both dots taken out': (forge) => forged(forge).replaceAll('.', ''),
  'a dot too many': (forge) => `${forged(forge)}.`,
  'five parts, as of an encrypted token': (forge) => `${forged(forge)}.AAAA.AAAA`,
  'the word Bearer still before it': (forge) => `Bearer ${forged(forge)}`,
  'a line end behind it': (forge) => `${forged(forge)}\n`,
  'letters outside base64url': (forge) => forged(forge).replace('.', '.规'),
  'a header that is not JSON': (forge) => compact('not json', forge.claims, forge.sign),
  'claims that are not JSON': (forge) => compact(forge.header, '{"sub":', forge.sign),
  'claims that are a list': (forge) => compact(forge.header, [forge.claims], forge.sign),
  'claims that are null': (forge) => compact(forge.header, 'null', forge.sign),
  'a claim said twice': (forge) => compact(forge.header, plusMember(forge.claims, '"role":"auditor"'), forge.sign),
  'a claim said twice, once in disguise': (forge) =>
    compact(forge.header, plusMember(forge.claims, '"r\\u006fle":"auditor"'), forge.sign),
  'a header member said twice': (forge) =>
    compact(plusMember(forge.header, '"typ":"at+jwt"'), forge.claims, forge.sign),
  'a byte more than 8 KiB, well signed': (forge) => forged(forge, { claims: { padding: 'x'.repeat(TOKEN_MAX_BYTES) } }),
  '1 MiB': () => 'x'.repeat(1_048_576),
  '1 MiB of three parts': (forge) => forged(forge, { claims: { padding: 'x'.repeat(1_048_576) } }),
};

const SIGNATURE: Record<string, Bad> = {
  'alg none, no signature': attack({ alg: 'none' }, () => Buffer.alloc(0)),
  'alg none under a right signature': header({ alg: 'none' }),
  'alg NoNe': attack({ alg: 'NoNe' }, () => Buffer.from('x')),
  'no alg': header({ alg: undefined }),
  'alg a list': header({ alg: ['HS256', 'RS256'] }),
  'HS256 under what is public of the key': (forge) =>
    compact({ ...forge.header, alg: 'HS256' }, forge.claims, hmac(forge.publicText)),
  'HS256 under an empty secret': attack({ alg: 'HS256' }, hmac('')),
  'RS256 under the attacker’s key': attack({ alg: 'RS256' }, byAttacker),
  'an algorithm of the same key that is not allowed': ({ header, claims, unlisted }) =>
    compact({ ...header, alg: unlisted.alg }, claims, unlisted.sign),
  'an empty signature': (forge) => `${without(forged(forge), 1)}.`,
  'a signature cut short': (forge) => forged(forge).slice(0, -8),
  'the signature of another token': (forge) =>
    `${without(forged(forge), 1)}.${forged(forge, { claims: { sub: 'other' } }).split('.')[2]}`,
  'claims changed after signing': (forge) => {
    const [head, , signature] = forged(forge).split('.');
    return `${head}.${encode({ ...forge.claims, role: 'commission' })}.${signature}`;
  },
  'kid a path to an empty file': attack({ alg: 'HS256', kid: '../../../../dev/null' }, hmac('')),
  'kid an SQL injection': attack({ alg: 'HS256', kid: "x' UNION SELECT 'secret' --" }, hmac('secret')),
  'kid a number': attack({ alg: 'RS256', kid: 7 }, byAttacker),
  'jwk brings its own key': attack({ alg: 'RS256', kid: 'theirs', jwk: attackerJwk }, byAttacker),
  'jku names the attacker’s keys': attack({ alg: 'RS256', kid: 'theirs', jku: 'http://127.0.0.1:9/keys' }, byAttacker),
  'x5u names the attacker’s certificate': attack({ alg: 'RS256', x5u: 'http://127.0.0.1:9/cert' }, byAttacker),
  'x5c brings its own certificate': attack({ alg: 'RS256', x5c: ['AAAA'] }, byAttacker),
  'crit demands what nobody knows': header({ crit: ['tenant'], tenant: 'x' }),
  'crit empty': header({ crit: [] }),
  'crit b64, payload unencoded': header({ crit: ['b64'], b64: false }),
};

const ENVELOPE: Record<string, Bad> = {
  'another issuer': claims({ iss: 'https://issuer.example' }),
  'an issuer with one letter more': (forge) => forged(forge, { claims: { iss: `${String(forge.claims['iss'])}/` } }),
  'no issuer': claims({ iss: undefined }),
  'issuer a list': (forge) => forged(forge, { claims: { iss: [forge.claims['iss']] } }),
  'for another audience': claims({ aud: 'account' }),
  'for other audiences': claims({ aud: ['account', 'planledger-test'] }),
  'no audience': claims({ aud: undefined }),
  'an ID token: typ JWT': header({ typ: 'JWT' }),
  'typ id+jwt': header({ typ: 'id+jwt' }),
  'no typ': header({ typ: undefined }),
  'typ a list': header({ typ: ['at+jwt'] }),
  'no exp': claims({ exp: undefined }),
  'exp as text': (forge) => forged(forge, { claims: { exp: String(forge.claims['exp']) } }),
  'exp null': claims({ exp: null }),
  'expired a minute ago': (forge) => forged(forge, { claims: { exp: Number(forge.claims['iat']) - 60 } }),
  'expired in 1970': claims({ exp: 0 }),
  'nbf a minute ahead': (forge) => forged(forge, { claims: { nbf: Number(forge.claims['iat']) + 60 } }),
  'nbf as text': claims({ nbf: '0' }),
  'no iat': claims({ iat: undefined }),
  'iat as text': claims({ iat: 'yesterday' }),
};

const CLAIMS: Record<string, Bad> = {
  'no subject': claims({ sub: undefined }),
  'subject empty': claims({ sub: '' }),
  'subject a number': claims({ sub: 1 }),
  'subject with a line end': claims({ sub: 'auditor\r\nx' }),
  'subject too long': claims({ sub: 'x'.repeat(256) }),
  'role unknown': claims({ role: 'mayor' }),
  'role of another case': claims({ role: 'Commission' }),
  'role __proto__': claims({ role: '__proto__' }),
  'no role': claims({ role: undefined }),
  'role a number': claims({ role: 7 }),
  'two roles of ours': claims({ role: ['clerk', 'verifier'] }),
  'roles not all text': claims({ role: ['clerk', 7] }),
  'no unit': claims({ unit: undefined }),
  'unit empty': claims({ unit: '' }),
  'unit with a line end': claims({ unit: 'city\naudit' }),
  'unit an object': claims({ unit: { code: 'city-audit' } }),
  'no sectors': claims({ sectors: undefined }),
  'sectors a bare text': claims({ sectors: 'education' }),
  'sectors a star among others': claims({ sectors: ['education', '*'] }),
  'counties numbers': claims({ counties: [410212] }),
  'counties null': claims({ counties: null }),
  'plans true': claims({ plans: true }),
  'plans an object': claims({ plans: { '*': true } }),
};

/** Every token a check MUST refuse, by what is wrong with it. */
export const BAD_TOKENS: Readonly<Record<string, Bad>> = { ...SHAPE, ...SIGNATURE, ...ENVELOPE, ...CLAIMS };
