import { readFileSync } from 'node:fs';

/** One `curl` line of a runbook. */
export interface RunbookCall {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Words of a line as a shell takes them, of which only single quotes are known here. */
const WORD = /'([^']*)'|(\S+)/g;
const LINE_CONTINUED = /\\\n\s*/g;

/**
 * The `curl` lines of a Markdown file.
 * @throws Error for options other than -s, -X, -H and -d
 */
export function runbookCalls(file: string): RunbookCall[] {
  const text = readFileSync(file, 'utf8').replace(LINE_CONTINUED, '');
  return [...text.matchAll(/^curl -s (.*)$/gm)].map(([, line = '']) => toCall(line));
}

function toCall(line: string): RunbookCall {
  const words = [...line.matchAll(WORD)].map(([, quoted, plain = '']) => quoted ?? plain);
  const given: Record<'-X' | '-H' | '-d', string[]> = { '-X': [], '-H': [], '-d': [] };
  let url = '';
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (!word.startsWith('-')) url = word;
    else if (word === '-X' || word === '-H' || word === '-d') given[word].push(words.shift() ?? '');
    else throw new Error(`${word} of "${line}" is not understood`);
  }
  const [body] = given['-d'];
  return {
    method: given['-X'][0] ?? (body === undefined ? 'GET' : 'POST'),
    url,
    headers: Object.fromEntries(given['-H'].map((header) => header.split(/:\s*/, 2) as [string, string])),
    ...(body === undefined ? {} : { body }),
  };
}
