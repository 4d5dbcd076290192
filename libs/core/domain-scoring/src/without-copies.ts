import { type Answer } from './answer';
import { canonicalAnswers } from './attempt-version';

/**
 * Takes a list that is several whole copies of itself as one. A list column written twice at one timestamp holds its
 * elements twice, one copy after the other or interleaved.
 *
 * @param writtenCount how many answers one write held (`question_count`); undefined on rows older than that column,
 *   where only an even number of whole copies one after the other is recognised
 */
export function withoutCopies(answers: readonly Answer[], writtenCount: number | undefined): readonly Answer[] {
  const copies = writtenCount ? answers.length / writtenCount : guessedCopies(answers);
  if (copies <= 1 || !Number.isInteger(copies)) return answers;
  const texts = answers.map((answer) => canonicalAnswers([answer]));
  const length = answers.length / copies;
  if (texts.every((text, index) => text === texts[index % length])) return answers.slice(0, length);
  return disentangled(answers, texts, copies);
}

/** Of each element every `copies`-th: in the order of the list, which of a list with genuine repeats may not be the first. */
function disentangled(answers: readonly Answer[], texts: readonly string[], copies: number): readonly Answer[] {
  const seen = new Map<string, number>();
  const once = answers.filter((_, index) => {
    const text = texts[index] ?? '';
    const times = seen.get(text) ?? 0;
    seen.set(text, times + 1);
    return times % copies === 0;
  });
  return once.length * copies === answers.length ? once : answers;
}

/** Old rows are unified, so a question that stands there twice betrays a second write. */
function guessedCopies(answers: readonly Answer[]): number {
  const first = answers[0];
  if (!first) return 1;
  const copies = answers.filter((answer) => answer.questionId === first.questionId).length;
  const distinct = new Set(answers.map((answer) => answer.questionId)).size;
  return distinct * copies === answers.length ? copies : 1;
}
