import { type TextMap } from '@scorekeep/core/domain-scoring';

/** `reference`: as the reference's reports print JSON, for those who read them; `json`: JSON that parses. */
export const jsonStyles = ['reference', 'json'] as const;
export type JsonStyle = (typeof jsonStyles)[number];

/**
 * Options or values as a JSON array of objects, keys in stored order (an object of JavaScript would sort keys like `10`).
 *
 * The reference style then takes three steps on that text, in this order: every `\n` (a backslash followed by an n) goes,
 * every backslash that is left goes, every `"` becomes `'`. It cannot be parsed again; nested quotes look like outer ones.
 */
export function writeMaps(maps: readonly TextMap[], style: JsonStyle): string {
  if (maps.length === 0) return '[]';
  const known = writtenBefore[style].get(maps);
  if (known !== undefined) return known;
  const written = writtenMaps(maps, style === 'json' ? JSON.stringify : referenceText);
  writtenBefore[style].set(maps, written);
  return written;
}

/** Where rows come in bulk, lists of the same content are mostly one object. */
const writtenBefore: Readonly<Record<JsonStyle, WeakMap<readonly TextMap[], string>>> = {
  reference: new WeakMap(),
  json: new WeakMap(),
};

function writtenMaps(maps: readonly TextMap[], writeText: (text: string) => string): string {
  let written = '';
  for (const map of maps) {
    let members = '';
    for (const [key, value] of map) {
      members += `${members === '' ? '' : ','}${writeText(key)}:${writeText(value)}`;
    }
    written += `${written === '' ? '' : ','}{${members}}`;
  }
  return `[${written}]`;
}

/** What JSON escapes otherwise than with a backslash, an n or a quotation mark: rare. */
const rareEscape = /[\0-\t\v-\x1f\ud800-\udfff]/;

/**
 * The three steps on one text: none of them reaches over a text's end, since quotation marks stand there. A text that
 * holds nothing rare is written at once, which nearly all of a report's time would go to otherwise.
 */
function referenceText(text: string): string {
  if (rareEscape.test(text)) return inReferenceStyle(JSON.stringify(text));
  return `'${text.replace(/\\n?|\n/g, '').replaceAll('"', "'")}'`;
}

function inReferenceStyle(json: string): string {
  return json.replaceAll('\\n', '').replaceAll('\\', '').replaceAll('"', "'");
}
