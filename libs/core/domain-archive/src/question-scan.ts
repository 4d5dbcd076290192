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

const noWords: AnswerWords = { type: null, title: null, resvalues: [], params: [], description: null };
const limits = { total: 2_000_000, longest: 8_192 };
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
    const questionId = parts.upTo(',"assess_ts":', (json) => this.ids.of(json), null) ?? '';
    const etsMs = parts.upTo(',"max_score":', timeOf, 0);
    const maxScore = parts.upTo(',"score":', numberOf, 0);
    const score = parts.upTo(',"type":', numberOf, 0);
    const words = parts.upTo(',"duration":', (json) => this.words.of(json), noWords);
    const durationSeconds = parts.upTo('}', numberOf, 0);
    const { type, title, description, resvalues, params } = words;
    return { questionId, etsMs, maxScore, score, type, title, description, resvalues, params, durationSeconds };
  }

  private wordsOf(parts: Parts): AnswerWords | undefined {
    const { text } = this.readers;
    const maps = (json: string): readonly TextMap[] | undefined => this.maps.of(json);
    const type = parts.upTo(',"title":', text, null);
    const title = parts.upTo(',"resvalues":', text, null);
    const resvalues = parts.upTo(',"params":', maps, []);
    const params = parts.upTo(',"description":', maps, []);
    const description = parts.upToEnd(text, null);
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

  /** Reads what stands before `end`, which is passed. @returns `instead` where nothing fits */
  upTo<Value>(end: string, read: (json: string) => Value | undefined, instead: Value): Value {
    const found = this.json.indexOf(end, this.at);
    return this.part(found, found + end.length, read) ?? instead;
  }

  upToEnd<Value>(read: (json: string) => Value | undefined, instead: Value): Value {
    return this.part(this.json.length, this.json.length, read) ?? instead;
  }

  private part<Value>(end: number, next: number, read: (json: string) => Value | undefined): Value | undefined {
    const value = this.fit && end >= 0 ? read(this.json.slice(this.at, end)) : undefined;
    this.fit = value !== undefined;
    this.at = next;
    return value;
  }
}

function timeOf(json: string): number | undefined {
  return json.startsWith('"') && json.endsWith('"') ? readTimeMs(json.slice(1, -1)) : undefined;
}

function numberOf(json: string): number | undefined {
  return numberForm.test(json) ? Number(json) : undefined;
}
