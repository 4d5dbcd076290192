import { type Answer } from '@scorekeep/core/domain-scoring';

type Answers = readonly Answer[];

const STATE = Symbol('answers');

interface State {
  build: (() => Answers) | undefined;
  answers: Answers;
}

/**
 * One getter for all rows. Of a getter of each row's own, V8 keeps the shape of each row, and through it what the getter
 * holds, until the next full collection: kilobytes a row.
 */
const descriptor = {
  enumerable: true,
  configurable: true,
  get(this: { readonly [STATE]: State }): Answers {
    const state = this[STATE];
    if (state.build) {
      state.answers = state.build();
      state.build = undefined;
    }
    return state.answers;
  },
};

/**
 * Gives a row its answers, which are built when somebody first looks at them. A copy of the row looks.
 *
 * @param row is changed
 * @param build what it throws, it throws again at every look
 */
export function withLazyAnswers<Row extends object>(
  row: Row,
  build: () => Answers,
): Row & { readonly answers: Answers } {
  const state: State = { build, answers: [] };
  Object.defineProperty(row, STATE, { value: state });
  return Object.defineProperty(row, 'answers', descriptor) as Row & { readonly answers: Answers };
}
