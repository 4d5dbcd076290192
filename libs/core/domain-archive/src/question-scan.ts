import { type Answer, type TextMap } from '@scorekeep/core/domain-scoring';
import { TextMemo } from '@scorekeep/platform/util-memo';
import { readTimeMs } from './time-text';

/** Reads a part of the JSON; undefined for what is no such value. */
export interface PartReaders {
  readonly text: (json: string) => string | null | undefined;
  readonly maps: (json: string) => readonly TextMap[] | undefined;
}

/** What stands between an answer's points and its duration; mostly that of another learner too. */
type AnswerWords = Pick<Answer, 'type' | 'title' | 'resvalues' | 'params' | 'description'>;

const limits = { entries: 4_096, longest: 8_192 };
const numberForm = /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/;

/**
 * Reads answers in the very form in which `encodeAnswers` writes them, and nothing else: parsing the whole of it as
 * JSON would build the same options again for every learner. Parts that come again are one object.
 *
 * A part ends where the name of the next field stands: in well-formed JSON no text can hold `,"duration":`, since its
 * quotes would be escaped. Each part is parsed for itself, so that JSON that is not well-formed fits nowhere.
 */
export class AnswerScanner {
  private readonly ids: TextMemo<string | null | undefined>;
  private readonly maps: TextMemo<readonly TextMap[] | undefined>;
  private readonly words: TextMemo<AnswerWords | undefined>;

  constructor(private readonly readers: PartReaders) {
    this.ids = new TextMemo(readers.text, limits);
    this.maps = new TextMemo(readers.maps, limits);
    this.words = new TextMemo((json) => this.wordsOf(new Parts(json)), limits);
  }

  /** @returns undefined for text in any other form, right or wrong */
  answersOf(json: string): Answer[] | undefined {
    if (json === '[]') return [];
    const parts = new Parts(json);
    const answers: Answer[] = [];
    do {
      parts.pass(answers.length === 0 ? '[' : ',');
      answers.push(this.answer(parts));
    } while (parts.fit && parts.isAt(','));
    parts.pass(']');
    return parts.areAllRead ? answers : undefined;
  }

  private answer(parts: Parts): Answer {
    parts.pass('{"id":');
    const questionId = parts.known(this.ids.of(parts.upTo(',"assess_ts":'))) ?? '';
    const etsMs = parts.known(timeOf(parts.upTo(',"max_score":'))) ?? 0;
    const maxScore = parts.known(numberOf(parts.upTo(',"score":'))) ?? 0;
    const score = parts.known(numberOf(parts.upTo(',"type":'))) ?? 0;
    const words = parts.known(this.words.of(parts.upTo(',"duration":')));
    const durationSeconds = parts.known(numberOf(parts.upTo('}'))) ?? 0;
    const { type = null, title = null, description = null, resvalues = [], params = [] } = words ?? {};
    return { questionId, etsMs, maxScore, score, type, title, description, resvalues, params, durationSeconds };
  }

  private wordsOf(parts: Parts): AnswerWords | undefined {
    const type = parts.known(this.readers.text(parts.upTo(',"title":'))) ?? null;
    const title = parts.known(this.readers.text(parts.upTo(',"resvalues":'))) ?? null;
    const resvalues = parts.known(this.maps.of(parts.upTo(',"params":'))) ?? [];
    const params = parts.known(this.maps.of(parts.upTo(',"description":'))) ?? [];
    const description = parts.known(this.readers.text(parts.rest())) ?? null;
    return parts.areAllRead ? { type, title, resvalues, params, description } : undefined;
  }
}

/** Cuts JSON into parts, from its start to its end. */
class Parts {
  /** False when anything was not as it must be; what was cut out then means nothing. */
  fit = true;
  private at = 0;

  constructor(private readonly json: string) {}

  get areAllRead(): boolean {
    return this.fit && this.at === this.json.length;
  }

  isAt(expected: string): boolean {
    return this.json.startsWith(expected, this.at);
  }

  pass(expected: string): void {
    if (this.isAt(expected)) this.at += expected.length;
    else this.fit = false;
  }

  /** The text before `end`, which is passed. */
  upTo(end: string): string {
    const found = this.json.indexOf(end, this.at);
    if (found < 0) this.fit = false;
    if (!this.fit) return '';
    const part = this.json.slice(this.at, found);
    this.at = found + end.length;
    return part;
  }

  rest(): string {
    const part = this.json.slice(this.at);
    this.at = this.json.length;
    return part;
  }

  known<Value>(value: Value | undefined): Value | undefined {
    if (value === undefined) this.fit = false;
    return value;
  }
}

function timeOf(json: string): number | undefined {
  return json.startsWith('"') && json.endsWith('"') ? readTimeMs(json.slice(1, -1)) : undefined;
}

function numberOf(json: string): number | undefined {
  return numberForm.test(json) ? Number(json) : undefined;
}
