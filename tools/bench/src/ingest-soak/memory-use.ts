import { statisticsOf } from '../statistics';

/** A look at a process. */
export interface MemorySample {
  /** Events that it had handled by then. */
  readonly events: number;
  readonly rssMb: number;
}

export interface MemoryUse {
  readonly peakMb: number;
  /** Median of the second quarter of the events: the first is warming up. */
  readonly earlyMb: number;
  /** Median of the last quarter. */
  readonly lateMb: number;
}

/**
 * What a process needed, and whether that grew. Quarters are of the events, not of time.
 *
 * @param samples at least one in the second and in the last quarter
 * @throws RangeError when there is none
 */
export function memoryUse(samples: readonly MemorySample[]): MemoryUse {
  const most = Math.max(...samples.map(({ events }) => events));
  const ofQuarter = (quarter: number): number[] =>
    samples
      .filter(({ events }) => events > ((quarter - 1) * most) / 4 && events <= (quarter * most) / 4)
      .map(({ rssMb }) => rssMb);
  return {
    peakMb: Math.max(...samples.map(({ rssMb }) => rssMb)),
    earlyMb: statisticsOf(ofQuarter(2)).median,
    lateMb: statisticsOf(ofQuarter(4)).median,
  };
}
