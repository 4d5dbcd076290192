import { TextMemo } from '@scorekeep/platform/util-memo';

const chunkCharacters = 256 * 1024;
const needsQuotes = /[",\r\n]/;

/** One line of RFC 4180, quoted only where needed, ended by LF as the reference's reports are. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\n`;
}

/** Writes lines one after the other: a cell that is the same as in the line before, as most are, is not looked at again. */
class LineWriter {
  private readonly cells: string[] = [];
  private readonly written: string[] = [];

  line(cells: readonly string[]): string {
    let line = '';
    for (let index = 0; index < cells.length; index += 1) {
      const cell = cells[index] ?? '';
      if (cell !== this.cells[index]) {
        this.cells[index] = cell;
        this.written[index] = csvCell(cell);
      }
      line += index === 0 ? this.written[index] : `,${this.written[index]}`;
    }
    return `${line}\n`;
  }
}

/**
 * A report as UTF-8: header first, then the rows in order, in chunks of about 256 KB. Rows come in groups (of one
 * attempt, say); nothing but the chunk being filled is held.
 */
export async function* csvChunks(
  header: readonly string[],
  groups: AsyncIterable<readonly (readonly string[])[]>,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const lines = new LineWriter();
  let text = csvLine(header);
  for await (const rows of groups) {
    for (const row of rows) {
      text += lines.line(row);
      if (text.length < chunkCharacters) continue;
      yield encoder.encode(text);
      text = '';
    }
  }
  if (text !== '') yield encoder.encode(text);
}

/** Short cells are written faster than they are looked up. */
const shortCell = 24;
const longCells = new TextMemo(writeCell, { total: 2_000_000, longest: 4_096 });

function csvCell(text: string): string {
  return text.length > shortCell ? longCells.of(text) : writeCell(text);
}

function writeCell(text: string): string {
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
