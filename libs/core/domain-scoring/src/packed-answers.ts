import { type Answer } from './answer';

/** Answers in the form in which a table stores them: a fraction of the memory that they take when they are built. */
export interface PackedAnswers {
  readonly count: number;
  readonly bytes: Uint8Array;
  /** Builds them anew at each call. */
  readonly unpack: () => readonly Answer[];
}

/** Answers on their way to a table. */
export type AnswersToStore = readonly Answer[] | PackedAnswers;

export function isPacked(answers: AnswersToStore): answers is PackedAnswers {
  return 'unpack' in answers;
}

/** The answers themselves. Seldom needed of packed ones: what is asked often is in their summary. */
export function answersOf(answers: AnswersToStore): readonly Answer[] {
  return isPacked(answers) ? answers.unpack() : answers;
}
