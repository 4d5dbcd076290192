import { type PartitionToken } from '@scorekeep/core/domain-archive';

const fnvOffset = 0xcbf29ce484222325n;
const fnvPrime = 0x100000001b3n;

/** Stands for Murmur3 where no Cassandra is asked: spreads partitions over the signed 64-bit range (FNV-1a). */
export const hashToken: PartitionToken = (userId, courseId) => {
  let hash = fnvOffset;
  for (const unit of JSON.stringify([userId, courseId])) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(unit.codePointAt(0) ?? 0)) * fnvPrime);
  }
  return BigInt.asIntN(64, hash);
};
