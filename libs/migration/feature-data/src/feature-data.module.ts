import { type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { ScoresCommand } from './commands/scores.command';
import { ArchiveFolders } from './scores/archive-folders';
import { MigrateScores } from './scores/migrate-scores.use-case';
import { ScoreSources } from './scores/score-sources';

/** The commands, for the app's command line. */
export const dataCommands = [ScoresCommand];

/** The commands and everything between them and the ports. */
export class FeatureDataModule {
  /**
   * @param adapters modules that export `LearnerScan`, `MigrationLedger`, `ScoreBook`, `AttemptRows`, `ArchiveReader`,
   *   `ArchivalLedger`, `ArchiveStorage`, `ByteStreams`, `DataConnections` and `DataOptions`
   */
  static with(adapters: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: FeatureDataModule,
      imports: adapters,
      providers: [...dataCommands, MigrateScores, ScoreSources, ArchiveFolders],
    };
  }
}
