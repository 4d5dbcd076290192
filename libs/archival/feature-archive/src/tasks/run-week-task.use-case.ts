import { Injectable } from '@nestjs/common';
import { type ArchivalTask } from '@scorekeep/core/contract-events';
import { type BatchWeek } from '@scorekeep/core/domain-archive';
import { type ArchiveOutcome, ArchiveWeek } from '../archive-week.use-case';
import { type DeleteOutcome, DeleteWeek } from '../delete-week.use-case';
import { type BusyWeek, type FailedWeek } from '../ledger/week-outcome';
import { RemoveReplaced } from '../remove-replaced.use-case';
import { ArchivalMonitor, type WeekReport } from './archival-monitor.port';
import { TaskOptions } from './task-options';

export type WeekTask = Extract<ArchivalTask, { kind: 'week' }>;

export type TaskOutcome = { readonly kind: 'done' } | BusyWeek | FailedWeek;

/** One week of `run`: archived where that was planned, then deleted as far as that may be. */
@Injectable()
export class RunWeekTask {
  constructor(
    private readonly archiveWeek: ArchiveWeek,
    private readonly deleteWeek: DeleteWeek,
    private readonly removeReplaced: RemoveReplaced,
    private readonly monitor: ArchivalMonitor,
    private readonly options: TaskOptions,
  ) {}

  /** Safe to repeat: what another instance has done since the plan is left as it is. */
  async execute({ batchId, collectionId, isoYear, isoWeek, archive }: WeekTask): Promise<TaskOutcome> {
    const batchWeek = { batchId, collectionId, week: { isoYear, isoWeek } };
    const run = { request: 'schedule', signal: this.options.signal };
    if (archive) {
      const outcome = await this.timed('archive', archivedFigures, () => this.archiveWeek.execute(batchWeek, run));
      if (outcome.kind === 'busy' || outcome.kind === 'failed') return outcome;
    }
    const outcome = await this.timed('delete', deletedFigures, () => this.deleteWeek.execute(batchWeek, run));
    if (outcome.kind === 'busy' || outcome.kind === 'failed') return outcome;
    return this.tidy(batchWeek);
  }

  private async tidy(batchWeek: BatchWeek): Promise<TaskOutcome> {
    const removal = await this.removeReplaced.execute(batchWeek);
    return removal.kind === 'failed' ? removal : { kind: 'done' };
  }

  private async timed<Outcome extends { readonly kind: string }>(
    action: WeekReport['action'],
    figures: (outcome: Outcome) => Pick<WeekReport, 'rows' | 'bytes'>,
    work: () => Promise<Outcome>,
  ): Promise<Outcome> {
    const startedOnMs = this.options.nowMs();
    const outcome = await work();
    const durationMs = this.options.nowMs() - startedOnMs;
    this.monitor.onWeek({ action, outcome: outcome.kind, durationMs, ...figures(outcome) });
    return outcome;
  }
}

function archivedFigures(outcome: ArchiveOutcome): Pick<WeekReport, 'rows' | 'bytes'> {
  const objects = outcome.kind === 'archived' ? (outcome.manifest?.objects ?? []) : [];
  return {
    rows: objects.reduce((sum, { rows }) => sum + rows, 0),
    bytes: objects.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

function deletedFigures(outcome: DeleteOutcome): Pick<WeekReport, 'rows' | 'bytes'> {
  return { rows: outcome.kind === 'deleted' ? outcome.deletedRows : 0, bytes: 0 };
}
