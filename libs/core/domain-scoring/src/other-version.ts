import { type Answer } from './answer';
import { canonicalAnswers, type Digest } from './attempt-version';

/**
 * What is left of a mixed list when one of the two versions that met in it is taken away: two writers who knew nothing
 * of each other wrote them at one timestamp.
 *
 * @param mixed the elements of both, each version's in its order, one of them perhaps several times
 * @param own answers of the one that is known
 * @param wanted digest of the other
 * @returns undefined when the rest is not what is wanted
 */
export function otherVersion(
  mixed: readonly Answer[],
  own: readonly Answer[],
  wanted: string,
  digest: Digest,
): readonly Answer[] | undefined {
  let rest = remainder(mixed, own);
  while (rest && rest.length > 0) {
    if (digest(canonicalAnswers(rest)) === wanted) return rest;
    rest = remainder(rest, own);
  }
  return undefined;
}

/** The list without one occurrence of each of those taken away; undefined when one of them is not in it. */
export function remainder(answers: readonly Answer[], taken: readonly Answer[]): readonly Answer[] | undefined {
  const wanted = new Map<string, number>();
  for (const answer of taken) {
    const text = canonicalAnswers([answer]);
    wanted.set(text, (wanted.get(text) ?? 0) + 1);
  }
  const rest = answers.filter((answer) => {
    const text = canonicalAnswers([answer]);
    const left = wanted.get(text) ?? 0;
    if (left > 0) wanted.set(text, left - 1);
    return left === 0;
  });
  return [...wanted.values()].every((left) => left === 0) ? rest : undefined;
}
