const chunkCharacters = 256 * 1024;
const needsQuotes = /[",\r\n]/;

/** One line of RFC 4180, quoted only where needed, ended by LF as the reference's reports are. */
export function csvLine(cells: readonly string[]): string {
  let line = '';
  for (let index = 0; index < cells.length; index += 1) {
    if (index > 0) line += ',';
    line += csvCell(cells[index] ?? '');
  }
  return `${line}\n`;
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
  let text = csvLine(header);
  for await (const rows of groups) {
    for (const row of rows) {
      text += csvLine(row);
      if (text.length < chunkCharacters) continue;
      yield encoder.encode(text);
      text = '';
    }
  }
  if (text !== '') yield encoder.encode(text);
}

function csvCell(text: string): string {
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
