import { Interruption, Output } from '@scorekeep/platform/util-cli';
import { CommandRunner, Option, SubCommand } from 'nest-commander';
import { ApplySchema } from '../apply-schema.use-case';
import { type SchemaReport } from '../schema-changes.port';

interface SchemaUpOptions {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `migrator schema up`: what is done goes to stderr as it happens, the result to stdout. */
@SubCommand({ name: 'up', description: 'adds what is missing of keyspaces, tables, columns, types and indexes' })
export class SchemaUpCommand extends CommandRunner {
  constructor(
    private readonly applySchema: ApplySchema,
    private readonly output: Output,
    private readonly interruption: Interruption,
  ) {
    super();
  }

  override async run(_words: string[], { dryRun = false, json = false }: SchemaUpOptions): Promise<void> {
    const report = await this.applySchema.execute({
      dryRun,
      say: (line) => this.output.note(line),
      signal: this.interruption.signal,
    });
    for (const note of report.notes) this.output.note(`note: ${note}`);
    if (json) this.output.json({ dryRun, ...report });
    else if (dryRun) this.printPlan(report);
    else this.printDone(report);
  }

  private printPlan({ keyspaces, changes }: SchemaReport): void {
    const statements = [...keyspaces, ...changes.flatMap((change) => change.statements)];
    for (const statement of statements) this.output.line(`${statement};`);
    this.output.line(changes.length === 0 ? 'Nothing to do.' : `${statements.length} statements would be executed.`);
  }

  private printDone({ changes }: SchemaReport): void {
    if (changes.length === 0) return this.output.line('Nothing to do: the schema is up to date.');
    const rows = changes.map(({ version, name, statements }) => ({ version, name, statements: statements.length }));
    this.output.table(rows);
    this.output.line('The schema is up to date.');
  }

  @Option({ flags: '--dry-run', description: 'only print the statements that would be executed' })
  parseDryRun(): boolean {
    return true;
  }

  @Option({ flags: '--json', description: 'the result as JSON' })
  parseJson(): boolean {
    return true;
  }
}
