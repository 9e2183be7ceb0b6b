import { createHash } from 'node:crypto';

/**
 * A plan's text as quotes are looked up in it: white space, heading marks (#) and emphasis (*) removed, because the
 * printed plan breaks its lines and pages in the middle of sentences.
 */
export interface SourceText {
  readonly condensed: string;
  /** Hex SHA-256 of the file's bytes. */
  readonly digest: string;
  /** For each character of `condensed` the line of the file, from 1. */
  readonly lines: Uint32Array;
  /** For each character of `condensed` 1 where it belongs to a heading or a list mark, which commit to nothing. */
  readonly structure: Uint8Array;
}

const HEADING = /^\s*#+/;
const LIST_MARK = /^\s*\d{1,2}(?:[.．、]|(?=\s))/;

/** Reads the bytes of text.txt. */
export function sourceText(bytes: Uint8Array): SourceText {
  const characters: string[] = [];
  const lines: number[] = [];
  const structure: number[] = [];
  const rows = new TextDecoder().decode(bytes).split('\n');
  rows.forEach((row, index) => {
    const heading = HEADING.test(row);
    const mark = LIST_MARK.exec(row)?.[0].length ?? 0;
    for (let column = heading ? (HEADING.exec(row)?.[0].length ?? 0) : 0; column < row.length; column += 1) {
      const character = row.charAt(column);
      if (/[\s*]/.test(character)) continue;
      characters.push(character);
      lines.push(index + 1);
      structure.push(heading || column < mark ? 1 : 0);
    }
  });
  return {
    condensed: characters.join(''),
    digest: createHash('sha256').update(bytes).digest('hex'),
    lines: Uint32Array.from(lines),
    structure: Uint8Array.from(structure),
  };
}

/** A quote as it is looked up. */
export const condense = (quote: string): string => quote.replace(/^\s*#+/gm, '').replace(/[\s*]/g, '');

/** True where the quote is an exact substring of the text, white space and marks aside. */
export const quotes = (source: SourceText, quote: string): boolean => {
  const condensed = condense(quote);
  return condensed !== '' && source.condensed.includes(condensed);
};
