import { type AttemptIdentity } from '@scorekeep/core/domain-scoring';
import { hashToken } from '@scorekeep/core/testing-core';
import * as fc from 'fast-check';
import { compareUtf8, rowKeyOrder } from './row-order';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.constantFrom('', 'a', 'b', 'ab', '\uffff', '\ue000', '😀', '\ud7ff', 'é', '\u0000'),
);
const keys: fc.Arbitrary<AttemptIdentity> = fc.record({
  userId: text,
  courseId: fc.constantFrom('c1', 'c2'),
  batchId: fc.constant('b'),
  contentId: text,
  attemptId: text,
});
const sign = Math.sign;

describe('compareUtf8', () => {
  it('orders by bytes, not by UTF-16 units', () => {
    expect(compareUtf8('\ufffd', '😀')).toBeLessThan(0);
    expect('\ufffd' < '😀').toBe(false);
    expect(compareUtf8('\ud7ff', '😀')).toBeLessThan(0);
    expect(compareUtf8('\ue000', '😀')).toBeLessThan(0);
    expect(compareUtf8('😀', '😁')).toBeLessThan(0);
    expect(compareUtf8('a', 'a\u0000')).toBeLessThan(0);
    expect(compareUtf8('', '')).toBe(0);
  });

  it('agrees with the bytes', () => {
    fc.assert(
      fc.property(text, text, (left, right) => {
        expect(sign(compareUtf8(left, right))).toBe(Buffer.compare(Buffer.from(left), Buffer.from(right)));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('rowKeyOrder', () => {
  const at = (userId: string, contentId = 'c', attemptId = 'a'): AttemptIdentity => ({
    userId,
    courseId: 'course',
    batchId: 'b',
    contentId,
    attemptId,
  });

  it('takes tokens as signed numbers first', () => {
    const tokens: Record<string, bigint> = { low: -(2n ** 63n), below: -1n, zero: 0n, high: 2n ** 63n - 1n };
    const order = rowKeyOrder((userId) => tokens[userId] ?? 0n);
    const sorted = ['high', 'zero', 'low', 'below'].map((userId) => at(userId)).sort(order);
    expect(sorted.map(({ userId }) => userId)).toEqual(['low', 'below', 'zero', 'high']);
  });

  it('orders partitions of one token as their serialized keys, which begin with a length', () => {
    const order = rowKeyOrder(() => 7n);
    expect(order(at('z'), at('aa'))).toBeLessThan(0);
    expect(order(at('a'), at('b'))).toBeLessThan(0);
    expect(order(at('é'), at('zz'))).toBeGreaterThan(0);
    expect(order({ ...at('u'), courseId: 'b' }, { ...at('u'), courseId: 'a', contentId: 'z' })).toBeGreaterThan(0);
  });

  it('orders rows of a partition by content, then attempt', () => {
    const order = rowKeyOrder(hashToken);
    expect(order(at('u', 'b', 'a'), at('u', 'a', 'b'))).toBeGreaterThan(0);
    expect(order(at('u', 'a', 'a'), at('u', 'a', 'b'))).toBeLessThan(0);
    expect(order(at('u', '😀'), at('u', '\uffff'))).toBeGreaterThan(0);
    expect(order(at('u'), at('u'))).toBe(0);
  });

  it('asks for the token of a partition once while rows of it follow each other', () => {
    let asked = 0;
    const order = rowKeyOrder((userId, courseId) => {
      asked += 1;
      return hashToken(userId, courseId);
    });
    for (let row = 0; row < 10; row += 1) order(at('one', String(row)), at('other'));
    expect(asked).toBe(2);
  });

  it.each([
    ['spread', hashToken],
    ['colliding', (userId: string) => BigInt(userId.length % 2)],
  ])('is a total order (%s tokens)', (_name, tokenOf) => {
    const order = rowKeyOrder(tokenOf);
    fc.assert(
      fc.property(keys, keys, keys, (first, second, third) => {
        expect(sign(order(first, second)) + sign(order(second, first))).toBe(0);
        expect(order(first, second) === 0).toBe(JSON.stringify(first) === JSON.stringify(second));
        if (order(first, second) <= 0 && order(second, third) <= 0) expect(order(first, third)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 1000 },
    );
  });
});
