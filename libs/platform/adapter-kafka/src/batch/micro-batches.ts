import { type ConsumedRecord } from '@scorekeep/platform/domain-messaging';

/** How much a handler is given at once. A record that alone is larger than `maxBytes` is given alone. */
export interface MicroBatchLimits {
  readonly maxRecords: number;
  /** Keys, values and headers, uncompressed. */
  readonly maxBytes: number;
}

/** Splits records, in their order, into lists within the limits; no list is empty. */
export function* microBatches(
  records: readonly ConsumedRecord[],
  limits: MicroBatchLimits,
): Generator<readonly ConsumedRecord[]> {
  let current: ConsumedRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    const size = sizeOf(record);
    const isFull = current.length === limits.maxRecords || bytes + size > limits.maxBytes;
    if (isFull && current.length > 0) {
      yield current;
      current = [];
      bytes = 0;
    }
    current.push(record);
    bytes += size;
  }
  if (current.length > 0) yield current;
}

function sizeOf({ key, value, headers }: ConsumedRecord): number {
  const headerBytes = Object.entries(headers).reduce((sum, [name, each]) => sum + name.length + each.length, 0);
  return (key?.length ?? 0) + (value?.length ?? 0) + headerBytes;
}
