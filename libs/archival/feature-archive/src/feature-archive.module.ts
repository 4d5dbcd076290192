import { type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { AdoptObject } from './adopt-object.use-case';
import { ArchivalRecords } from './archival-records';
import { ArchivalStatus } from './archival-status.use-case';
import { ArchivedWeeks } from './archived-weeks';
import { ArchiveWeek } from './archive-week.use-case';
import { AdoptCommand } from './commands/adopt.command';
import { AdoptObjects } from './commands/adopt-objects';
import { ArchiveCommand } from './commands/archive.command';
import { ArchiveWeeks } from './commands/archive-weeks';
import { DeleteCommand } from './commands/delete.command';
import { DeleteWeeks } from './commands/delete-weeks';
import { RestoreCommand } from './commands/restore.command';
import { RunCommand } from './commands/run.command';
import { SearchCommand } from './commands/search.command';
import { StatusCommand } from './commands/status.command';
import { VerifyCommand } from './commands/verify.command';
import { WantedWeeks } from './commands/wanted-weeks';
import { WeekRuns } from './commands/week-runs';
import { DeleteWeek } from './delete-week.use-case';
import { DeleteRows } from './deletion/delete-rows';
import { SettleAttempts } from './deletion/settle-attempts';
import { EstimateBytes } from './estimate-bytes';
import { ForeignObjects } from './foreign-objects';
import { KnownBatches } from './known-batches';
import { WeekLedger } from './ledger/week-ledger';
import { PlanArchive } from './plan-archive.use-case';
import { RemoveReplaced } from './remove-replaced.use-case';
import { RestoreLearner } from './restoration/restore-learner';
import { RestoreWeek } from './restore-week.use-case';
import { WeekRows } from './rows/week-rows';
import { VerifyWeek } from './verify-week.use-case';

/** The commands, for the app's command line. */
export const archiveCommands = [
  ...[ArchiveCommand, VerifyCommand, DeleteCommand, RunCommand, RestoreCommand, AdoptCommand],
  ...[StatusCommand, SearchCommand],
];

/** What commands and tasks share. */
export const useCases = [
  ...[PlanArchive, ArchiveWeek, VerifyWeek, DeleteWeek, RemoveReplaced],
  ...[ArchivalRecords, WeekLedger, WeekRows, DeleteRows, SettleAttempts],
];

/** The commands and everything between them and the ports. */
export class FeatureArchiveModule {
  /**
   * @param adapters modules that export `BatchAttempts`, `ArchivalLedger`, `ArchiveReader`, `SegmentWriter`, `ScoreBook`,
   *   `AttemptRows`, `ArchiveStorage`, `ByteStreams`, `ArchiveConnections`, `ArchiveOptions` and `Logger`
   */
  static with(adapters: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: FeatureArchiveModule,
      imports: adapters,
      providers: [
        ...archiveCommands,
        ...[ArchiveWeeks, DeleteWeeks, AdoptObjects, WantedWeeks, WeekRuns],
        ...[RestoreWeek, RestoreLearner, ArchivalStatus, ArchivedWeeks, KnownBatches, EstimateBytes],
        ...[AdoptObject, ForeignObjects],
        ...useCases,
      ],
    };
  }
}
