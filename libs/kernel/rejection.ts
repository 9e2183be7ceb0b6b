/**
 * A rule's refusal: a value, answered to the clerk, never thrown. Exceptions are for bugs and broken machines.
 *
 * `code` is stable and public; `details` fill the sentence of the catalogue entry of that code and are shown to the
 * client as they are, so they MUST NOT hold anything the reader may not see.
 */
export interface Rejection {
  readonly rejected: string;
  readonly details: Readonly<Record<string, string | number>>;
}

export const reject = (rejected: string, details: Rejection['details'] = {}): Rejection => ({ rejected, details });

export const isRejection = (value: unknown): value is Rejection =>
  typeof value === 'object' && value !== null && 'rejected' in value;

/**
 * What a refusal means to the outside: `conflict` (409: the state stands against it; another state would accept),
 * `invalid` (422: the content breaks a rule), `forbidden` (403) or `missing` (404), and the sentence that tells the
 * clerk what to do, in Chinese and in English, with {placeholders} for the details.
 */
export interface RejectionText {
  readonly kind: 'conflict' | 'invalid' | 'forbidden' | 'missing';
  readonly zh: string;
  readonly en: string;
}
export type RejectionCatalogue = Readonly<Record<string, RejectionText>>;

/** Fills the {placeholders} of a sentence; one without a detail stays as it is, and a test finds it. */
export const fill = (sentence: string, details: Rejection['details']): string =>
  sentence.replace(/\{(\w+)\}/g, (whole, name: string) => (name in details ? String(details[name]) : whole));
