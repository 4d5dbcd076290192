import { type Manifest } from '@scorekeep/core/domain-archive';
import { anAnswer, aWrittenAttempt } from '@scorekeep/core/testing-core';
import { judgeKey, type KeyVerdict } from './judge-key';

const at = (writeTimeUs: bigint, score = 5) =>
  aWrittenAttempt('learner', { writeTimeUs, answers: [anAnswer({ score })] });

const manifest = {} as Manifest;

describe('judgeKey', () => {
  it.each<{ copies: ReturnType<typeof at>[]; live?: ReturnType<typeof at>; verdict: KeyVerdict; why: string }>([
    { copies: [at(5n)], verdict: 'gone', why: 'deleted, or in a later week' },
    { copies: [], live: at(5n), verdict: 'unarchived', why: 'never archived' },
    { copies: [at(5n)], live: at(6n), verdict: 'unarchived', why: 'rewritten within the week' },
    { copies: [at(5n)], live: at(6n, 9), verdict: 'unarchived', why: 'rewritten with other content' },
    { copies: [at(5n)], live: at(5n), verdict: 'archived', why: 'the same' },
    { copies: [at(6n), at(5n)], live: at(6n), verdict: 'archived', why: 'the later of two iterations' },
    { copies: [at(6n), at(5n)], live: at(5n), verdict: 'older', why: 'the table went back in time' },
    { copies: [at(6n)], live: at(5n), verdict: 'older', why: 'a version that is in no object, but an older one' },
    { copies: [at(5n)], live: at(5n, 9), verdict: 'different', why: 'one write time, two contents' },
    { copies: [at(5n, 9), at(5n)], live: at(5n), verdict: 'archived', why: 'one of two at this time is the same' },
  ])('$verdict: $why', ({ copies, live, verdict }) => {
    expect(judgeKey({ copies: copies.map((row) => ({ row, manifest })), ...(live ? { live } : {}) })).toBe(verdict);
  });
});
