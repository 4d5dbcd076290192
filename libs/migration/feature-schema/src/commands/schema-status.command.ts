import { Output } from '@scorekeep/platform/util-cli';
import { CommandRunner, Option, SubCommand } from 'nest-commander';
import { type SchemaOverview } from '../schema-changes.port';
import { SchemaStatus } from '../schema-status.use-case';
import { foreignSchema } from '../schema.errors';

/** `migrator schema status`: fails when the schema is another release's; that something is pending is no failure. */
@SubCommand({ name: 'status', description: 'which versions are applied, and whether the indexes answer' })
export class SchemaStatusCommand extends CommandRunner {
  constructor(
    private readonly schemaStatus: SchemaStatus,
    private readonly output: Output,
  ) {
    super();
  }

  override async run(_words: string[], { json = false }: { readonly json?: boolean }): Promise<void> {
    const overview = await this.schemaStatus.execute();
    if (json) this.output.json(overview);
    else this.print(overview);
    const foreign = overview.versions.filter(({ state }) => state === 'changed' || state === 'unknown');
    if (foreign.length > 0) throw foreignSchema(foreign.map(({ version }) => version));
  }

  private print({ upToDate, versions, indexes }: SchemaOverview): void {
    this.output.table(
      versions.map(({ version, name, state, appliedAt }) => ({
        version,
        name,
        state,
        applied: appliedAt?.toISOString() ?? '',
      })),
    );
    this.output.table(indexes.map(({ name, state }) => ({ index: name, state })));
    this.output.line(
      upToDate ? 'The schema is up to date.' : 'The schema is not up to date: see "migrator schema up".',
    );
  }

  @Option({ flags: '--json', description: 'the result as JSON' })
  parseJson(): boolean {
    return true;
  }
}
