const FIRST_BYTES = 64 * 1024;
const QUOTE = 34;
const BACKSLASH = 92;
/** A byte of text becomes six (`\u001f`) at most; doubled quotes never reach that. */
const MOST_PER_BYTE = 6;

/** Below it are control characters. */
const FIRST_PLAIN = 32;

/** What control characters are written as. */
const ESCAPES = Array.from({ length: FIRST_PLAIN }, (_, byte) =>
  JSON.stringify(String.fromCharCode(byte)).slice(1, -1),
);

/** A piece of JSON that is written again and again, in both forms. */
export interface JsonPiece {
  readonly plain: Buffer;
  readonly quoted: Buffer;
}

export function jsonPiece(text: string): JsonPiece {
  return { plain: Buffer.from(text), quoted: Buffer.from(text.replaceAll('"', '""')) };
}

/** Writes JSON as UTF-8 into one buffer: as it is, or with its quotes doubled, as within a quoted cell of CSV. */
export class JsonBytes {
  private buffer = Buffer.allocUnsafe(FIRST_BYTES);
  private used = 0;
  private doubled = false;

  /** Begins anew; what was given out before is void. */
  start(form: keyof JsonPiece): void {
    this.used = 0;
    this.doubled = form === 'quoted';
  }

  /** What was written since; valid until the next start. */
  written(): Buffer {
    return this.buffer.subarray(0, this.used);
  }

  /** One byte as it is. */
  byte(value: number): void {
    this.reserve(1);
    this.buffer[this.used++] = value;
  }

  piece({ plain, quoted }: JsonPiece): void {
    const bytes = this.doubled ? quoted : plain;
    this.reserve(bytes.length);
    bytes.copy(this.buffer, this.used);
    this.used += bytes.length;
  }

  /** ASCII without quotes. */
  ascii(text: string): void {
    this.reserve(text.length);
    this.used += this.buffer.write(text, this.used, 'latin1');
  }

  /** A JSON text of ASCII that needs no escaping. */
  asciiText(text: string): void {
    this.reserve(text.length + 4);
    const from = this.quoteAt(this.used);
    this.used = this.quoteAt(from + this.buffer.write(text, from, 'latin1'));
  }

  /** A JSON text of UTF-8 bytes. */
  text(source: Buffer, from: number, to: number): void {
    this.reserve((to - from) * MOST_PER_BYTE + 4);
    const { buffer, doubled } = this;
    let at = this.quoteAt(this.used);
    for (let index = from; index < to; index += 1) {
      const byte = source[index] ?? 0;
      if (byte < FIRST_PLAIN) {
        at += buffer.write(ESCAPES[byte] ?? '', at, 'latin1');
        continue;
      }
      if (byte === QUOTE || byte === BACKSLASH) buffer[at++] = BACKSLASH;
      if (byte === QUOTE && doubled) buffer[at++] = QUOTE;
      buffer[at++] = byte;
    }
    this.used = this.quoteAt(at);
  }

  private quoteAt(at: number): number {
    this.buffer[at] = QUOTE;
    if (!this.doubled) return at + 1;
    this.buffer[at + 1] = QUOTE;
    return at + 2;
  }

  private reserve(bytes: number): void {
    if (this.used + bytes <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.used + bytes));
    this.buffer.copy(larger, 0, 0, this.used);
    this.buffer = larger;
  }
}
