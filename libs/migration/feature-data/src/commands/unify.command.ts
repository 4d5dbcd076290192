import { Interruption, Output } from '@scorekeep/platform/util-cli';
import { Command } from 'nest-commander';
import { DataConnections } from '../data-connections.port';
import { MigrateLayout } from '../layouts/migrate-layout.use-case';
import { LayoutCommand, type LayoutOptions } from './layout-command';

/** `migrator unify`: from split to unified. */
@Command({
  name: 'unify',
  description: 'copies answers to assessment_aggregator, one per question: from the split layout to the unified one',
})
export class UnifyCommand extends LayoutCommand {
  // Nest finds what to inject on the class itself
  constructor(migrateLayout: MigrateLayout, connections: DataConnections, output: Output, interruption: Interruption) {
    super(migrateLayout, connections, output, interruption);
  }

  override run(_words: string[], asked: LayoutOptions): Promise<void> {
    return this.migrate({ direction: 'unify', dropAnswers: false }, asked);
  }
}
