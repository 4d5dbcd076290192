import * as fc from 'fast-check';
import { CqlReader, CqlWriter } from '@scorekeep/platform/adapter-cassandra';
import { anEntry } from '@scorekeep/core/testing-core';
import { type AttemptScore, compareVersions } from '@scorekeep/core/domain-scoring';
import { attemptsForGood } from '../schema/versions/0002-attempts-for-good';
import { decodeAttemptScores, encodeAttemptScore } from './attempt-scores.codec';

const type = attemptsForGood.steps.find((step) => step.kind === 'type' && step.name === 'attempt_score');
const types = type?.kind === 'type' ? type.fields : {};
const fields = Object.keys(types);

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
    const bytes = encodeAttemptScore(anEntry({ contentId: 'do_1', placeholder: true, createdOnMs: 3 }));
    const reader = new CqlReader(bytes);
    const read = (type: string): unknown => reader[type === 'int' || type === 'text' ? type : (type as 'double')]();
    const values = Object.entries(types).map(([name, fieldType]) => [name, read(fieldType)]);
    expect(Object.fromEntries(values)).toMatchObject({ content_id: 'do_1', created_order: -3n, placeholder: true });
    expect(bytes.at(-1)).toBe(1);
  });

  it('are larger bytes the greater their version is, and of one version the earlier it was created', () => {
    const anyVersion = fc.record({
      timeMs: fc.integer({ min: 0, max: 3 }),
      latestEtsMs: fc.integer({ min: 0, max: 3 }),
      questionCount: fc.integer({ min: 0, max: 3 }),
      digest: fc.constantFrom('', '00', '0f', 'ff'),
    });
    const anyEntry = fc
      .record({ version: anyVersion, score: fc.double(), createdOnMs: fc.integer({ min: 0, max: 300 }) })
      .map(({ version, ...rest }) => ({ ...anEntry(rest), version }));
    fc.assert(
      fc.property(anyEntry, anyEntry, (left, right) => {
        const order = compareVersions(left.version, right.version) || right.createdOnMs - left.createdOnMs;
        fc.pre(order !== 0);
        const bytes = Buffer.compare(encodeAttemptScore(left), encodeAttemptScore(right));
        expect(Math.sign(bytes)).toBe(Math.sign(order));
      }),
    );
  });

  it('may have more fields than this version knows, or fewer', () => {
    const bytes = mapOf(entries);
    expect(decodeAttemptScores({ bytes, fields: [...fields, 'later'] })).toEqual(new Map(entries));
    expect(decodeAttemptScores({ bytes, fields: fields.slice(0, 2) }).get('a')).toMatchObject({
      ...{ attemptId: 'ä', score: 0, writeTimeUs: 0n },
    });
  });
});
