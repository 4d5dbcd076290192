import { ArchiveStorage } from '@scorekeep/platform/domain-storage';
import { Output, UsageError } from '@scorekeep/platform/util-cli';
import { Command, CommandRunner, Option } from 'nest-commander';
import { weeksFailed } from '../archive-feature.errors';
import { type AdoptedObject, AdoptObjects } from './adopt-objects';
import { nameOfWeek, weekFields } from './week-names';
import { batchesOf, requestText, type WeekOptions } from './week-options';
import { countKinds, WeekRuns } from './week-runs';

interface AdoptCommandOptions extends Pick<WeekOptions, 'batch' | 'collection' | 'batchFile' | 'json'> {
  readonly dryRun?: boolean;
}

/** `archiver adopt`: objects that the reference wrote get manifests, after a full read. */
@Command({ name: 'adopt', description: 'reads objects that Sunbird archived in full, and writes manifests for them' })
export class AdoptCommand extends CommandRunner {
  constructor(
    private readonly adoptObjects: AdoptObjects,
    private readonly runs: WeekRuns,
    private readonly storage: ArchiveStorage,
    private readonly output: Output,
  ) {
    super();
  }

  override async run(_words: string[], asked: AdoptCommandOptions): Promise<void> {
    const batches = await batchesOf(asked);
    await this.runs.open();
    const adopted = await this.adoptObjects.execute(batches, requestText('adopt', asked), asked.dryRun ?? false);
    this.present(adopted, asked);
    const failed = adopted.filter(({ outcome: { kind } }) => kind === 'failed' || kind === 'busy').length;
    if (failed > 0) throw weeksFailed('could not be adopted', failed);
  }

  @Option({ flags: '--batch <batch>', description: 'only this batch' })
  parseBatch(value: string): string {
    if (value === '') throw new UsageError('It must not be empty.');
    return value;
  }

  @Option({ flags: '--collection <collection>', description: 'with --batch: only this collection of it' })
  parseCollection(value: string): string {
    if (value === '') throw new UsageError('It must not be empty.');
    return value;
  }

  @Option({ flags: '--batch-file <file>', description: 'only the batches in the file' })
  parseBatchFile(value: string): string {
    if (value === '') throw new UsageError('It must not be empty.');
    return value;
  }

  @Option({ flags: '--dry-run', description: 'reads in full, and writes nothing' })
  parseDryRun(): boolean {
    return true;
  }

  @Option({ flags: '--json', description: 'the result as JSON, on one line' })
  parseJson(): boolean {
    return true;
  }

  private present(adopted: readonly AdoptedObject[], { json, dryRun = false }: AdoptCommandOptions): void {
    const totals = {
      objects: adopted.length,
      ...countKinds(adopted),
      rows: adopted.reduce((sum, { outcome }) => sum + ('rows' in outcome ? outcome.rows : 0), 0),
    };
    if (json) {
      const objects = adopted.map(({ key, outcome }) => ({ object: this.storage.urlOf(key), ...facts(outcome) }));
      return this.output.json({ command: 'adopt', dryRun, objects, totals });
    }
    this.output.table(
      adopted.map(({ key, outcome }) => ({
        object: this.storage.urlOf(key),
        outcome: outcome.kind,
        week: 'batchWeek' in outcome ? nameOfWeek(outcome.batchWeek) : '',
        rows: 'rows' in outcome ? outcome.rows : undefined,
      })),
    );
    this.output.line(`${totals.objects} objects without a manifest, ${totals.rows} rows${dryRun ? ' (dry run)' : ''}`);
  }
}

function facts(outcome: AdoptedObject['outcome']): object {
  switch (outcome.kind) {
    case 'adopted':
    case 'adoptable':
      return { outcome: outcome.kind, ...weekFields(outcome.batchWeek), rows: outcome.rows };
    case 'failed':
      return { outcome: outcome.kind, error: outcome.error.message };
    case 'busy':
      return { outcome: outcome.kind };
  }
}
