/** One option shown or one value given, as `map<text,text>` stores it. */
export type TextMap = ReadonlyMap<string, string>;

/** One answer to one question: an ASSESS event of the player, as it is stored. */
export interface Answer {
  readonly questionId: string;
  /** When the question was answered, ms since epoch, by the learner's clock. */
  readonly etsMs: number;
  /** Points. */
  readonly maxScore: number;
  /** Points; may be fractional or negative. */
  readonly score: number;
  readonly type: string | null;
  readonly title: string | null;
  readonly description: string | null;
  readonly resvalues: readonly TextMap[];
  readonly params: readonly TextMap[];
  readonly durationSeconds: number;
}
