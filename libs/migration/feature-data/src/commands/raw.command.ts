import { Interruption, Output } from '@scorekeep/platform/util-cli';
import { Command, Option } from 'nest-commander';
import { DataConnections } from '../data-connections.port';
import { MigrateLayout } from '../layouts/migrate-layout.use-case';
import { LayoutCommand, type LayoutOptions } from './layout-command';

/** `migrator raw`: from unified to split. */
@Command({ name: 'raw', description: 'copies answers to assessment_raw: from the unified layout to the split one' })
export class RawCommand extends LayoutCommand {
  // Nest finds what to inject on the class itself
  constructor(migrateLayout: MigrateLayout, connections: DataConnections, output: Output, interruption: Interruption) {
    super(migrateLayout, connections, output, interruption);
  }

  override run(_words: string[], asked: LayoutOptions & { readonly confirmDrop?: boolean }): Promise<void> {
    return this.migrate({ direction: 'raw', dropAnswers: asked.confirmDrop ?? false }, asked);
  }

  @Option({
    flags: '--confirm-drop',
    description:
      'compares once more, and drops the answers from assessment_aggregator when nothing was left to copy: there is no way back',
  })
  parseConfirmDrop(): boolean {
    return true;
  }
}
