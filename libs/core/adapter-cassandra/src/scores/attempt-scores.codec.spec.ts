import { CqlWriter } from '@scorekeep/platform/adapter-cassandra';
import { anEntry } from '@scorekeep/core/testing-core';
import { type AttemptScore } from '@scorekeep/core/domain-scoring';
import { attemptsForGood } from '../schema/versions/0002-attempts-for-good';
import { decodeAttemptScores, encodeAttemptScore } from './attempt-scores.codec';

const type = attemptsForGood.steps.find((step) => step.kind === 'type' && step.name === 'attempt_score');
const fields = type?.kind === 'type' ? Object.keys(type.fields) : [];

function mapOf(entries: readonly [string, AttemptScore][]): Buffer {
  const writer = new CqlWriter();
  writer.count(entries.length);
  const head = writer.take();
  const parts = entries.flatMap(([key, entry]) => {
    writer.text(key);
    const value = encodeAttemptScore(entry);
    const length = Buffer.alloc(4);
    length.writeInt32BE(value.length);
    return [writer.take(), length, value];
  });
  return Buffer.concat([head, ...parts]);
}

describe('entries of `attempts` on the wire', () => {
  const entries: [string, AttemptScore][] = [
    ['a', anEntry({ attemptId: 'ä', score: -0.33, writeTimeUs: 9_007_199_254_740_993n })],
    ['b', anEntry({ attemptId: '1', placeholder: true, createdOnMs: 0 })],
  ];

  it('read back as they were', () => {
    expect(decodeAttemptScores({ bytes: mapOf(entries), fields })).toEqual(new Map(entries));
  });

  it('have the fields that the schema creates, in its order', () => {
    // the first field's text comes first, the boolean last: what the schema says of them
    expect([fields[0], fields.at(-1)]).toEqual(['content_id', 'placeholder']);
    const bytes = encodeAttemptScore(anEntry({ contentId: 'do_1', placeholder: true }));
    expect(bytes.subarray(0, 8).toString('latin1')).toBe('\0\0\0\x04do_1');
    expect(bytes.at(-1)).toBe(1);
  });

  it('may have more fields than this version knows, or fewer', () => {
    const bytes = mapOf(entries);
    expect(decodeAttemptScores({ bytes, fields: [...fields, 'later'] })).toEqual(new Map(entries));
    expect(decodeAttemptScores({ bytes, fields: fields.slice(0, 2) }).get('a')).toMatchObject({
      attemptId: 'ä',
      score: 0,
      writeTimeUs: 0n,
    });
  });
});
