import { corrupted } from './archive.errors';

const longestLine = 40;

/** Reads one decimal number of µs a line. @throws ARCHIVE.CORRUPTED naming location and line */
export async function* readWriteTimes(content: AsyncIterable<Uint8Array>, location: string): AsyncGenerator<bigint> {
  const decoder = new TextDecoder('latin1');
  let lineNumber = 0;
  let rest = '';
  for await (const chunk of content) {
    const lines = (rest + decoder.decode(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield writeTimeOf(line, (lineNumber += 1), location);
    if (rest.length > longestLine) writeTimeOf(rest, lineNumber + 1, location);
  }
  if (rest !== '') throw corrupted(location, `line ${lineNumber + 1} does not end`);
}

function writeTimeOf(line: string, lineNumber: number, location: string): bigint {
  if (!/^-?\d{1,30}$/.test(line)) throw corrupted(location, `line ${lineNumber} is no write time`);
  return BigInt(line);
}
