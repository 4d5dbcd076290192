import { type Answer, type TextMap } from '@scorekeep/core/domain-scoring';
import { TextMemo } from '@scorekeep/platform/util-memo';
import { readTimeMs } from './time-text';

/** Reads a part of the JSON; undefined for what is no such value. */
export interface PartReaders {
  readonly text: (json: string) => string | null | undefined;
  readonly maps: (json: string) => readonly TextMap[] | undefined;
}

/** The JSON of each learner's answer repeats its question's title and options, and mostly one of a few values. */
const limits = { entries: 4_096, longest: 4_096 };
const quote = 34;
const backslash = 92;

/**
 * Reads answers in the very form in which `encodeAnswers` writes them, and nothing else: parsing the whole of it as
 * JSON would build the same options again for every learner. Parts that come again are one object.
 */
export class AnswerScanner {
  private readonly texts: TextMemo<string | null | undefined>;
  private readonly maps: TextMemo<readonly TextMap[] | undefined>;
  private json = '';
  private at = 0;
  private fits = true;

  constructor(readers: PartReaders) {
    this.texts = new TextMemo(readers.text, limits);
    this.maps = new TextMemo(readers.maps, limits);
  }

  /** @returns undefined for text in any other form, right or wrong */
  answersOf(json: string): Answer[] | undefined {
    if (json === '[]') return [];
    this.json = json;
    this.at = 0;
    this.fits = true;
    const answers: Answer[] = [];
    do {
      this.pass(answers.length === 0 ? '[' : ',');
      answers.push(this.answer());
    } while (this.fits && json[this.at] === ',');
    this.pass(']');
    const isRead = this.fits && this.at === json.length;
    this.json = '';
    return isRead ? answers : undefined;
  }

  private answer(): Answer {
    this.pass('{"id":');
    const questionId = this.text() ?? '';
    this.pass(',"assess_ts":');
    const etsMs = this.time();
    this.pass(',"max_score":');
    const maxScore = this.number();
    this.pass(',"score":');
    const score = this.number();
    this.pass(',"type":');
    const type = this.text();
    this.pass(',"title":');
    const title = this.text();
    this.pass(',"resvalues":');
    const resvalues = this.list();
    this.pass(',"params":');
    const params = this.list();
    this.pass(',"description":');
    const description = this.text();
    this.pass(',"duration":');
    const durationSeconds = this.number();
    this.pass('}');
    return { questionId, etsMs, maxScore, score, type, title, description, resvalues, params, durationSeconds };
  }

  private pass(expected: string): void {
    if (this.json.startsWith(expected, this.at)) this.at += expected.length;
    else this.fits = false;
  }

  private text(): string | null {
    const value = this.texts.of(
      this.json.startsWith('null', this.at) ? this.take(this.at + 4) : this.take(this.behindText()),
    );
    return this.known(value) ?? null;
  }

  private time(): number {
    const json = this.take(this.behindText());
    return this.known(readTimeMs(json.slice(1, -1))) ?? 0;
  }

  private number(): number {
    let end = this.at;
    while (isOfNumber(this.json.charCodeAt(end))) end += 1;
    const json = this.take(end);
    return this.known(/^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/.test(json) ? Number(json) : undefined) ?? 0;
  }

  private list(): readonly TextMap[] {
    let end = this.json.startsWith('[', this.at) ? this.at + 1 : -1;
    while (end > 0 && this.json[end] !== ']' && this.json[end] !== undefined) {
      end = this.json.charCodeAt(end) === quote ? this.behindText(end) : end + 1;
    }
    return this.known(this.maps.of(this.take(end + 1))) ?? [];
  }

  /** Where a text ends that starts here; -1 when there is none. */
  private behindText(start = this.at): number {
    const { json } = this;
    if (json.charCodeAt(start) !== quote) return -1;
    let end = json.indexOf('"', start + 1);
    while (end > 0 && isEscaped(json, end)) end = json.indexOf('"', end + 1);
    return end < 0 ? -1 : end + 1;
  }

  private take(end: number): string {
    if (end <= this.at) this.fits = false;
    const part = this.fits ? this.json.slice(this.at, end) : '';
    this.at += part.length;
    return part;
  }

  private known<Value>(value: Value | undefined): Value | undefined {
    if (value === undefined) this.fits = false;
    return value;
  }
}

function isOfNumber(code: number): boolean {
  // digits, "-", "+", ".", "e"
  return (code >= 48 && code <= 57) || code === 45 || code === 46 || code === 101 || code === 43;
}

/** An odd number of backslashes before it. */
function isEscaped(json: string, at: number): boolean {
  let before = at - 1;
  while (json.charCodeAt(before) === backslash) before -= 1;
  return (at - before) % 2 === 0;
}
