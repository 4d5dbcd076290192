import { type Answer, type PackedAnswers } from '@scorekeep/core/domain-scoring';

/** Answers as packed as they can be without a table's form: whoever uses them meets packed answers. */
export function packedInMemory(answers: readonly Answer[]): PackedAnswers {
  return { count: answers.length, bytes: new Uint8Array(), unpack: () => answers };
}
