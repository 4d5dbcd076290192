import { Injectable } from '@nestjs/common';
import { type BatchWeek } from '@scorekeep/core/domain-archive';
import { Interruption, Output } from '@scorekeep/platform/util-cli';
import { messageOf } from '@scorekeep/platform/util-errors';
import { Logger } from '@scorekeep/platform/util-logging';
import { ArchiveConnections } from '../archive-connections.port';
import { ArchiveOptions } from '../archive-options';
import { type BusyWeek } from '../ledger/week-outcome';
import { runWeeks, type WeekResult } from './run-weeks';
import { nameOfWeek } from './week-names';

/** Works on the weeks of a command, and says of each failure what it was. */
@Injectable()
export class WeekRuns {
  constructor(
    private readonly connections: ArchiveConnections,
    private readonly options: ArchiveOptions,
    private readonly output: Output,
    private readonly interruption: Interruption,
    private readonly logger: Logger,
  ) {}

  /** @throws CASSANDRA.*, STORAGE.* naming address and setting */
  async open(): Promise<void> {
    await this.connections.open();
  }

  get signal(): AbortSignal {
    return this.interruption.signal;
  }

  /** @throws the interruption's reason, between two weeks */
  async each<Week extends BatchWeek, Outcome extends { readonly kind: string; readonly error?: Error }>(
    weeks: readonly Week[],
    work: (week: Week) => Promise<Outcome | BusyWeek>,
  ): Promise<WeekResult<Week, Outcome | BusyWeek>[]> {
    const watched = async (week: Week): Promise<Outcome | BusyWeek> => {
      const outcome = await work(week);
      if ('error' in outcome && !this.signal.aborted) {
        this.logger.error(`${nameOfWeek(week)}: ${messageOf(outcome.error)}`, { error: outcome.error });
      }
      return outcome;
    };
    return runWeeks(weeks, watched, {
      signal: this.signal,
      nowMs: this.options.nowMs,
      onWait: (count) => this.output.note(`${count} weeks are worked on by others: waiting for their leases to end`),
    });
  }
}

/** How many outcomes there are of each kind, kinds without any left out. */
export function countKinds(
  results: readonly { readonly outcome: { readonly kind: string } }[],
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome } of results) counts[outcome.kind] = (counts[outcome.kind] ?? 0) + 1;
  return counts;
}
