import { type AttemptIdentity } from '@scorekeep/core/domain-scoring';

/** The Cassandra (Murmur3) token of a learner's partition. */
export type PartitionToken = (userId: string, courseId: string) => bigint;

/** Compares the keys of two rows of one batch. */
export type RowKeyOrder = (left: AttemptIdentity, right: AttemptIdentity) => number;

type Partition = Pick<AttemptIdentity, 'userId' | 'courseId'>;
type KnownToken = Partition & { readonly token: bigint };

/**
 * The order in which Cassandra returns the rows of a batch, and archives hold them: signed token of (user, course); on
 * equal tokens (some day, in a large table) user id, course id, the shorter first as its serialized key begins with the
 * length; then content id, attempt id. Lengths and ids by their UTF-8 bytes.
 */
export function rowKeyOrder(tokenOf: PartitionToken): RowKeyOrder {
  const token = rememberingTwo(tokenOf);
  return (left, right) => {
    if (!samePartition(left, right)) {
      const byToken = compareTokens(token(left), token(right));
      if (byToken !== 0) return byToken;
      const byPartition = compareKeyPart(left.userId, right.userId) || compareKeyPart(left.courseId, right.courseId);
      if (byPartition !== 0) return byPartition;
    }
    return compareUtf8(left.contentId, right.contentId) || compareUtf8(left.attemptId, right.attemptId);
  };
}

/**
 * Compares texts by their UTF-8 bytes, which is by code point. UTF-16 units order differently: U+FFFD before U+1F600 by
 * code point, after it by units.
 */
export function compareUtf8(left: string, right: string): number {
  if (left === right) return 0;
  const length = Math.min(left.length, right.length);
  let index = 0;
  while (index < length && left.charCodeAt(index) === right.charCodeAt(index)) index += 1;
  if (index === length) return left.length - right.length;
  return codePointRank(left.charCodeAt(index)) - codePointRank(right.charCodeAt(index));
}

function compareKeyPart(left: string, right: string): number {
  return utf8Length(left) - utf8Length(right) || compareUtf8(left, right);
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Surrogates stand for code points above all that one unit can name, so they rank above U+E000–U+FFFF. */
function codePointRank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

function samePartition(left: Partition, right: Partition): boolean {
  return left.userId === right.userId && left.courseId === right.courseId;
}

function compareTokens(left: bigint, right: bigint): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** Sorted streams ask for the same partition again and again, and compare the next one with it. */
function rememberingTwo(tokenOf: PartitionToken): (partition: Partition) => bigint {
  let latest: KnownToken | undefined;
  let earlier: KnownToken | undefined;
  return (partition) => {
    if (latest && samePartition(latest, partition)) return latest.token;
    if (!earlier || !samePartition(earlier, partition)) {
      const { userId, courseId } = partition;
      earlier = { userId, courseId, token: tokenOf(userId, courseId) };
    }
    [latest, earlier] = [earlier, latest];
    return latest.token;
  };
}
