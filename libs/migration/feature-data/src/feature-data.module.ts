import { type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { RawCommand } from './commands/raw.command';
import { ScoresCommand } from './commands/scores.command';
import { UnifyCommand } from './commands/unify.command';
import { MigrateLayout } from './layouts/migrate-layout.use-case';
import { ArchiveFolders } from './scores/archive-folders';
import { MigrateScores } from './scores/migrate-scores.use-case';
import { ScoreSources } from './scores/score-sources';

/** The commands, for the app's command line. */
export const dataCommands = [ScoresCommand, RawCommand, UnifyCommand];

/** The commands and everything between them and the ports. */
export class FeatureDataModule {
  /**
   * @param adapters modules that export `LearnerScan`, `LayoutTables`, `MigrationLedger`, `ScoreBook`, `AttemptRows`, `ArchiveReader`,
   *   `ArchivalLedger`, `ArchiveStorage`, `ByteStreams`, `DataConnections` and `DataOptions`
   */
  static with(adapters: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: FeatureDataModule,
      imports: adapters,
      providers: [...dataCommands, MigrateScores, ScoreSources, ArchiveFolders, MigrateLayout],
    };
  }
}
