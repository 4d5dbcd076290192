import { type CatalogueFreshness } from '@scorekeep/core/domain-scoring';

export interface MemoryOptions<T> {
  /** How long an answer is believed, ms. */
  readonly rememberMs: number;
  /** How old a recent one may be, ms. As long it is believed that nothing is known: what is published is seen soon. */
  readonly recentMs: number;
  /** Most that is remembered, in the unit of `weightOf`; what was not asked for longest goes first. */
  readonly maxWeight: number;
  /** At least 1 for every answer, so that "nothing is known" takes room too. */
  readonly weightOf: (answer: T | undefined) => number;
  /** A clock that never goes back, ms. */
  readonly nowMs: () => number;
}

interface Remembered<T> {
  readonly answer: T | undefined;
  readonly askedAtMs: number;
}

/** Answers by id. One question for an id is under way at a time; failures are not remembered. */
export class RememberedAnswers<T> {
  private readonly answers = new Map<string, Remembered<T>>();
  private readonly underWay = new Map<string, Promise<T | undefined>>();
  private weight = 0;

  constructor(
    private readonly ask: (id: string) => Promise<T | undefined>,
    private readonly options: MemoryOptions<T>,
  ) {}

  async answerFor(id: string, freshness: CatalogueFreshness): Promise<T | undefined> {
    const remembered = this.answers.get(id);
    if (remembered && this.isFresh(remembered, freshness)) {
      this.answers.delete(id);
      this.answers.set(id, remembered);
      return remembered.answer;
    }
    return this.underWay.get(id) ?? this.askOnce(id);
  }

  private isFresh({ answer, askedAtMs }: Remembered<T>, freshness: CatalogueFreshness): boolean {
    const { rememberMs, recentMs, nowMs } = this.options;
    const believedMs = freshness === 'recent' || answer === undefined ? recentMs : rememberMs;
    return nowMs() - askedAtMs < believedMs;
  }

  private askOnce(id: string): Promise<T | undefined> {
    const question = this.askAnew(id).finally(() => this.underWay.delete(id));
    this.underWay.set(id, question);
    return question;
  }

  private async askAnew(id: string): Promise<T | undefined> {
    const askedAtMs = this.options.nowMs();
    const answer = await this.ask(id);
    this.remember(id, { answer, askedAtMs });
    return answer;
  }

  private remember(id: string, remembered: Remembered<T>): void {
    this.forget(id);
    this.answers.set(id, remembered);
    this.weight += this.options.weightOf(remembered.answer);
    for (const oldest of this.answers.keys()) {
      if (this.weight <= this.options.maxWeight) return;
      this.forget(oldest);
    }
  }

  private forget(id: string): void {
    const remembered = this.answers.get(id);
    if (remembered && this.answers.delete(id)) this.weight -= this.options.weightOf(remembered.answer);
  }
}
