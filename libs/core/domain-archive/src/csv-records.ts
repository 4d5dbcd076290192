/**
 * How a quoted cell holds a quote. `rfc4180`: doubled. `backslash`: after a backslash, which itself stands as two; this
 * is what Spark writes unless told otherwise.
 */
export type CsvDialect = 'rfc4180' | 'backslash';

/** `quoted` tells an empty text (`""`) from no text at all, and the text `null` from null. */
export interface CsvCell {
  readonly text: string;
  readonly quoted: boolean;
}

/** What is wrong with the cell that was being read; never its content. */
export class MalformedCsv extends Error {
  constructor(
    message: string,
    /** From 0. */
    readonly column: number,
  ) {
    super(message);
  }
}

/** Far above any cell; without a limit a quote that nothing closes would collect the rest of the object in memory. */
const longestCellBytes = 256 * 1024 * 1024;
const lineFeed = 10;
const carriageReturn = 13;
const quote = 34;
const comma = 44;
const backslash = 92;
const none = -1;

type Place =
  /** Before the first byte of a cell. */
  | 'start'
  /** Within a cell without quotes. */
  | 'plain'
  /** Between the quotes of a cell. */
  | 'quoted'
  /** Behind a backslash between the quotes. */
  | 'escaped'
  /** Behind a quote that closes the cell unless another one follows. */
  | 'closing'
  /** Behind the CR after a closing quote. */
  | 'return';

/**
 * Takes CSV piece by piece and gives whole records. Works on bytes, because undoubling the quotes of a text is several
 * times as slow. Rows end with LF or CR LF, the last one may go without; line breaks within quoted cells are text. Wherever the
 * pieces are cut, the records are the same. The texts are copies, which keep no piece in memory.
 */
export class CsvRecords {
  private readonly decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  private readonly escape: number;
  private readonly steps: Readonly<Record<Place, () => boolean>> = {
    start: () => this.startCell(),
    plain: () => this.readPlain(),
    quoted: () => this.readQuoted(),
    escaped: () => this.readEscaped(),
    closing: () => this.readAfterQuote(),
    return: () => this.readAfterReturn(),
  };
  private place: Place = 'start';
  private piece: Uint8Array = new Uint8Array();
  private at = 0;
  private cell: Uint8Array = new Uint8Array(64 * 1024);
  private length = 0;
  private quoted = false;
  private cells: CsvCell[] = [];

  /** @param mostBytes of one cell */
  constructor(
    private readonly dialect: CsvDialect,
    private readonly mostBytes = longestCellBytes,
  ) {
    this.escape = dialect === 'backslash' ? backslash : none;
  }

  /** Adds bytes. Before the next call every record is taken by `next`. */
  push(piece: Uint8Array): void {
    this.piece = piece;
    this.at = 0;
  }

  /** The next record that ends in what was pushed; undefined until there is more. @throws MalformedCsv */
  next(): CsvCell[] | undefined {
    while (this.at < this.piece.length) {
      const endsRecord = this.steps[this.place]();
      if (endsRecord) return this.takeRecord();
    }
    return undefined;
  }

  /** A last record without a line end; undefined when there is none. @throws MalformedCsv */
  end(): CsvCell[] | undefined {
    if (this.place === 'quoted' || this.place === 'escaped') throw this.malformed('ends within a quoted cell');
    if (this.place === 'start' && this.cells.length === 0) return undefined;
    this.endCell(lineFeed);
    return this.takeRecord();
  }

  private takeRecord(): CsvCell[] {
    const record = this.cells;
    this.cells = [];
    return record;
  }

  private startCell(): boolean {
    this.quoted = this.piece[this.at] === quote;
    this.place = this.quoted ? 'quoted' : 'plain';
    if (this.quoted) this.at += 1;
    return false;
  }

  private readPlain(): boolean {
    const { piece } = this;
    const from = this.at;
    let at = from;
    while (at < piece.length && piece[at] !== comma && piece[at] !== lineFeed && piece[at] !== quote) at += 1;
    const end = piece[at];
    if (end === quote && this.dialect === 'rfc4180') throw this.malformed('has a quote within a cell without quotes');
    // In the other dialect a quote is text here.
    const upTo = end === quote ? at + 1 : at;
    this.append(piece.subarray(from, upTo));
    this.at = upTo;
    return end === comma || end === lineFeed ? this.endCellAt(end) : false;
  }

  /** The hot loop: answers are one quoted cell of kilobytes in which every seventh byte or so is a quote. */
  private readQuoted(): boolean {
    const { piece, escape } = this;
    const doubled = this.dialect === 'rfc4180';
    this.reserve(piece.length - this.at);
    const { cell } = this;
    let { at, length } = this;
    for (; at < piece.length; at += 1) {
      const byte = piece[at] ?? none;
      if (byte === escape) break;
      if (byte === quote) {
        if (!doubled || piece[at + 1] !== quote) break;
        at += 1;
      }
      cell[length] = byte;
      length += 1;
    }
    this.length = length;
    if (at < piece.length) this.place = piece[at] === quote ? 'closing' : 'escaped';
    this.at = at + 1;
    return false;
  }

  private readEscaped(): boolean {
    const byte = this.piece[this.at];
    if (byte !== quote && byte !== backslash) this.append(Uint8Array.of(backslash));
    this.append(this.piece.subarray(this.at, this.at + 1));
    this.at += 1;
    this.place = 'quoted';
    return false;
  }

  private readAfterQuote(): boolean {
    const byte = this.piece[this.at];
    if (byte === comma || byte === lineFeed) return this.endCellAt(byte);
    this.at += 1;
    if (byte === carriageReturn) {
      this.place = 'return';
    } else if (byte === quote && this.dialect === 'rfc4180') {
      this.append(Uint8Array.of(quote));
      this.place = 'quoted';
    } else {
      throw this.malformed('has text after its closing quote');
    }
    return false;
  }

  private readAfterReturn(): boolean {
    if (this.piece[this.at] !== lineFeed) throw this.malformed('has text after its closing quote');
    return this.endCellAt(lineFeed);
  }

  /** @returns whether that ends the record */
  private endCellAt(end: number): boolean {
    this.at += 1;
    this.endCell(end);
    return end === lineFeed;
  }

  private endCell(end: number): void {
    const endsWithReturn = end === lineFeed && !this.quoted && this.cell[this.length - 1] === carriageReturn;
    const length = endsWithReturn && this.length > 0 ? this.length - 1 : this.length;
    this.cells.push({ text: this.decoded(length), quoted: this.quoted });
    this.length = 0;
    this.quoted = false;
    this.place = 'start';
  }

  private decoded(length: number): string {
    try {
      return length === 0 ? '' : this.decoder.decode(this.cell.subarray(0, length));
    } catch {
      throw this.malformed('is no UTF-8');
    }
  }

  private append(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.cell.set(bytes, this.length);
    this.length += bytes.length;
  }

  private reserve(bytes: number): void {
    if (this.length > this.mostBytes) throw this.malformed('is longer than any cell');
    if (this.length + bytes <= this.cell.length) return;
    const larger = new Uint8Array(2 * (this.length + bytes));
    larger.set(this.cell.subarray(0, this.length));
    this.cell = larger;
  }

  private malformed(problem: string): MalformedCsv {
    return new MalformedCsv(problem, this.cells.length);
  }
}
