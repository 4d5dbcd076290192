import { readFile } from 'node:fs/promises';
import {
  archiveErrorCodes,
  type ArchivePeriod,
  archivePeriod,
  type PeriodOptions,
} from '@scorekeep/core/domain-archive';
import { UsageError } from '@scorekeep/platform/util-cli';
import { AppError, messageOf } from '@scorekeep/platform/util-errors';
import { type ArchiveOptions } from '../archive-options';
import { type BatchSelection } from '../selection/batch-selection';
import { parseBatchFile } from '../selection/parse-batch-file';
import { type RecordedWeeksRequest } from '../selection/week-selection';

/** What `--format` takes. */
const formatNames = ['csv', 'parquet'] as const;
export type FormatName = (typeof formatNames)[number];

/** What `WeeksCommand` gives to a command. */
export interface WeekOptions extends PeriodOptions {
  readonly batch?: string;
  readonly collection?: string;
  readonly batchFile?: string;
  /** Given by commands that archive. */
  readonly force?: boolean;
  /** The same: how objects are written. */
  readonly format?: FormatName;
  readonly json?: boolean;
}

/** Checks one option's value before anything starts. @throws UsageError */
export function requirePeriod(options: PeriodOptions, value: string): string {
  periodOf(options, Date.now(), 0);
  return value;
}

/** The weeks asked for. @throws UsageError naming the option */
export function periodOf(options: PeriodOptions, nowMs: number, graceMs: number): ArchivePeriod {
  try {
    return archivePeriod(options, nowMs, graceMs);
  } catch (error) {
    if (error instanceof AppError && error.code === archiveErrorCodes.invalidPeriod) {
      throw new UsageError(error.message);
    }
    throw error;
  }
}

/** @throws UsageError */
export function requireFormat(value: string): FormatName {
  const name = formatNames.find((each) => each === value);
  if (name === undefined) throw new UsageError(`--format must be one of: ${formatNames.join(', ')}`);
  return name;
}

function hasPeriod({ period, date, before, olderThan }: PeriodOptions): boolean {
  return [period, date, before, olderThan].some((value) => value !== undefined);
}

/** The batches asked for; undefined: all. @throws UsageError naming the option, for a file all of its broken lines */
export async function batchesOf(options: WeekOptions): Promise<readonly BatchSelection[] | undefined> {
  const { batch, collection, batchFile } = options;
  if (batch !== undefined && batchFile !== undefined) {
    throw new UsageError('--batch and --batch-file cannot be combined');
  }
  if (collection !== undefined && batch === undefined) throw new UsageError('--collection needs --batch');
  if (batchFile !== undefined) return batchesIn(batchFile);
  if (batch === undefined) return undefined;
  return [{ batchId: batch, ...(collection === undefined ? {} : { collectionId: collection }) }];
}

async function batchesIn(file: string): Promise<readonly BatchSelection[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`--batch-file cannot be read: ${messageOf(error)}`);
  });
  const parsed = parseBatchFile(text);
  if (parsed.kind === 'read') return parsed.batches;
  throw new UsageError([`--batch-file ${file} is broken, nothing was started:`, ...parsed.problems].join('\n  '));
}

const flags = {
  period: '--period',
  date: '--date',
  before: '--before',
  olderThan: '--older-than',
  batch: '--batch',
  collection: '--collection',
  batchFile: '--batch-file',
  week: '--week',
  format: '--format',
} as const;

/** The command line as it is recorded: the command and what it was asked for. */
export function requestText(command: string, options: WeekOptions & { readonly week?: string }): string {
  const asked = (Object.keys(flags) as (keyof typeof flags)[]).flatMap((name) => {
    const value = options[name];
    return value === undefined ? [] : [`${flags[name]} ${value}`];
  });
  return [command, ...asked, ...(options.force === true ? ['--force'] : [])].join(' ');
}

/** Weeks that were recorded; without a period, every one. @throws UsageError naming the option */
export async function recordedWeeksOf(
  options: WeekOptions,
  { nowMs, graceMs }: Pick<ArchiveOptions, 'nowMs' | 'graceMs'>,
): Promise<RecordedWeeksRequest> {
  const batches = await batchesOf(options);
  return {
    ...(hasPeriod(options) ? { period: periodOf(options, nowMs(), graceMs) } : {}),
    ...(batches === undefined ? {} : { batches }),
  };
}
