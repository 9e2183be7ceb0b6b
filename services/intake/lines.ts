const NEWLINE = 0x0a;

/**
 * The lines of a byte stream as UTF-8 text, one at a time; a line of more than `bytesMax` comes as undefined and is not
 * kept. A last line need not be ended by a newline, but the stream must end: where it breaks off, this throws, and the
 * piece of a line that had come is dropped.
 */
export async function* linesOf(input: AsyncIterable<Buffer>, bytesMax: number): AsyncGenerator<string | undefined> {
  let pieces: Buffer[] = [];
  let bytes = 0;
  const keep = (piece: Buffer): void => {
    bytes += piece.length;
    if (bytes <= bytesMax) pieces.push(piece);
    else pieces = [];
  };
  const line = (): string | undefined => {
    const text = bytes <= bytesMax ? Buffer.concat(pieces).toString('utf8').replace(/\r$/, '') : undefined;
    pieces = [];
    bytes = 0;
    return text;
  };
  for await (const chunk of input) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      keep(chunk.subarray(start, end));
      yield line();
      start = end + 1;
    }
    keep(chunk.subarray(start));
  }
  if (bytes > 0) yield line();
}
