import {
  type ArchivalRecord,
  type ArchivalState,
  type DeletionState,
  formatIsoWeek,
} from '@scorekeep/core/domain-archive';
import { oneOf, Output, type TableRow } from '@scorekeep/platform/util-cli';
import { Command, Option } from 'nest-commander';
import { ArchivalRecords } from '../archival-records';
import { parseWeek, weekColumns, weekFields } from './week-names';
import { recordedWeeksOf, type WeekOptions } from './week-options';
import { ArchiveOptions } from '../archive-options';
import { WeekRuns } from './week-runs';
import { WeeksCommand } from './weeks-command';

const archivalStates: readonly ArchivalState[] = ['PENDING', 'RUNNING', 'SUCCESS', 'FAILED', 'RESTORED'];
const deletionStates: readonly DeletionState[] = ['PENDING', 'RUNNING', 'SUCCESS', 'FAILED'];

interface SearchCommandOptions extends WeekOptions {
  readonly state?: ArchivalState;
  readonly deletion?: DeletionState;
  readonly week?: string;
}

/** `archiver search`: the records of the weeks that fit, without a look at the store. */
@Command({ name: 'search', description: 'lists what is recorded, by batch, state and week' })
export class SearchCommand extends WeeksCommand {
  constructor(
    private readonly records: ArchivalRecords,
    private readonly runs: WeekRuns,
    private readonly options: ArchiveOptions,
    private readonly output: Output,
  ) {
    super();
  }

  override async run(_words: string[], asked: SearchCommandOptions): Promise<void> {
    const wanted = await recordedWeeksOf(asked, this.options);
    await this.runs.open();
    const found = (await this.records.find(wanted)).filter((record) => fits(record, asked));
    if (asked.json) return this.output.json({ weeks: found.map(fieldsOf) });
    this.output.table(found.map(columnsOf));
    this.output.line(`${found.length} weeks`);
  }

  @Option({ flags: '--state <state>', description: `of archival: ${archivalStates.join(', ')}` })
  parseState(value: string): ArchivalState {
    return oneOf(archivalStates, value);
  }

  @Option({ flags: '--deletion <state>', description: `of deletion: ${deletionStates.join(', ')}` })
  parseDeletion(value: string): DeletionState {
    return oneOf(deletionStates, value);
  }

  @Option({ flags: '--week <week>', description: 'only this ISO week, like 2021-22' })
  parseWeek(value: string): string {
    return parseWeek(value);
  }
}

function fits({ archival, deletion, week }: ArchivalRecord, asked: SearchCommandOptions): boolean {
  if (asked.state !== undefined && archival !== asked.state) return false;
  if (asked.deletion !== undefined && deletion !== asked.deletion) return false;
  return asked.week === undefined || formatIsoWeek(week) === asked.week;
}

function fieldsOf(record: ArchivalRecord): object {
  const { requestId, archival, deletion, iteration, rows, bytes, request, error, owner } = record;
  const times = {
    startedOn: timeOf(record.startedOnMs),
    completedOn: timeOf(record.completedOnMs),
    verifiedOn: timeOf(record.verifiedOnMs),
    deletedOn: timeOf(record.deletedOnMs),
    leaseExpiresOn: timeOf(record.leaseExpiresOnMs),
  };
  return {
    ...weekFields(record),
    requestId,
    archival,
    deletion,
    iteration,
    rows,
    bytes,
    request,
    error,
    owner,
    ...times,
  };
}

function columnsOf(record: ArchivalRecord): TableRow {
  const { archival, deletion, iteration, rows, bytes, error } = record;
  return { ...weekColumns(record), archival, deletion, iteration, rows, bytes, error: error ?? '' };
}

function timeOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
