import { Injectable } from '@nestjs/common';
import { type BatchWeek, encodeRow } from '@scorekeep/core/domain-archive';
import { ByteStreams } from '@scorekeep/platform/domain-storage';
import { WeekRows } from './rows/week-rows';

const SAMPLE_ROWS = 500;

/** Tells before archiving how much it will be. */
@Injectable()
export class EstimateBytes {
  constructor(
    private readonly weekRows: WeekRows,
    private readonly streams: ByteStreams,
  ) {}

  /**
   * Compressed bytes a row, by compressing the first 500 rows of the weeks, in their order.
   *
   * @returns 0 when there is no row @throws CASSANDRA.*
   */
  async perRow(weeks: readonly BatchWeek[]): Promise<number> {
    let rows = 0;
    const sample = async function* (this: EstimateBytes): AsyncGenerator<Uint8Array> {
      const encoder = new TextEncoder();
      for (const week of weeks) {
        for await (const row of this.weekRows.live(week)) {
          rows += 1;
          yield encoder.encode(encodeRow(row));
          if (rows === SAMPLE_ROWS) return;
        }
      }
    };
    let bytes = 0;
    for await (const chunk of this.streams.gzip(sample.call(this))) bytes += chunk.length;
    return rows === 0 ? 0 : bytes / rows;
  }
}
