import { packedInMemory } from '@scorekeep/core/testing-core';
import { readRecord, type RecordReadingOptions } from './read-record';
import { type RecordReader, type RecordReading, type UnreadRecord } from './record-reader.port';

/** Reads in the thread that asks. */
export function readerOf(
  options: Omit<RecordReadingOptions<never>, 'pack' | 'nowMs'> & { readonly nowMs: () => number },
): RecordReader {
  return {
    read: async (records: readonly UnreadRecord[]): Promise<RecordReading[]> =>
      records.map((record) => readRecord(record, { ...options, nowMs: options.nowMs(), pack: packedInMemory })),
  };
}
