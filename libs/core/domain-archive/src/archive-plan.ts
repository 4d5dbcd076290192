import { type ArchivalRecord } from './archival-record';
import { type RowSummary } from './batch-attempts.port';
import { compareWeeks, formatIsoWeek, isCompleteWeek, isoWeekOf, weekStartMs } from './iso-week';
import { type BatchWeek, currentManifests, type Manifest } from './manifest';
import { type ArchivePeriod } from './period';
import { compareUtf8 } from './row-order';

/** The live rows of a batch and week. */
export interface WeekTally extends BatchWeek {
  readonly rows: number;
  /** The highest of any of them. */
  readonly maxWriteTimeUs: bigint;
}

/** A batch and week that needs archiving. */
export interface PlannedWeek extends WeekTally {
  /** The iteration to publish: one above the last that was. */
  readonly iteration: number;
  /**
   * `new`: nothing archived yet; `changed`: live rows that no object can hold; `unfinished`: recorded as such; `restored`
   * and now asked for by name; `forced`.
   */
  readonly reason: 'new' | 'changed' | 'unfinished' | 'restored' | 'forced';
}

export interface ArchivePlanInput {
  readonly tallies: readonly WeekTally[];
  /** Of all those batches; others do no harm. */
  readonly manifests: readonly Manifest[];
  readonly records: readonly ArchivalRecord[];
  readonly period: ArchivePeriod;
  readonly nowMs: number;
  readonly graceMs: number;
  /** Archives again what is archived. Default false. */
  readonly force?: boolean;
  /** The weeks were asked for by name: restored ones too. Default false. */
  readonly named?: boolean;
}

/** Counts live rows by batch and week; memory follows the number of batches and weeks. */
export async function tallyWeeks(summaries: AsyncIterable<RowSummary>): Promise<WeekTally[]> {
  const tallies = new Map<string, WeekTally>();
  for await (const { batchId, collectionId, updatedOnMs, writeTimeUs } of summaries) {
    const batchWeek = { batchId, collectionId, week: isoWeekOf(updatedOnMs) };
    const key = weekKey(batchWeek);
    const { rows, maxWriteTimeUs } = tallies.get(key) ?? { rows: 0, maxWriteTimeUs: writeTimeUs };
    tallies.set(key, {
      ...batchWeek,
      rows: rows + 1,
      maxWriteTimeUs: writeTimeUs > maxWriteTimeUs ? writeTimeUs : maxWriteTimeUs,
    });
  }
  return [...tallies.values()];
}

/**
 * Which batches and weeks need archiving, in order of batch, collection, week. Planned are complete weeks of the period
 * with live rows that
 *
 * - have no manifest, or
 * - are more than its manifests hold, or one of which was written later than all that they hold, or
 * - stayed after everything archived was deleted, or
 * - are recorded as PENDING, FAILED or RUNNING;
 *
 * and forced ones with live rows or a manifest. A restored week only when named. A live row that none of this betrays
 * is found by verification, which records its week as PENDING.
 */
export function archivePlan(input: ArchivePlanInput): PlannedWeek[] {
  const manifests = byWeek(input.manifests);
  const records = new Map(input.records.map((record) => [weekKey(record), record]));
  const tallies = new Map(input.tallies.map((tally) => [weekKey(tally), tally]));
  return candidates(input)
    .filter((batchWeek) => isAskedFor(batchWeek, input))
    .flatMap((batchWeek) => {
      const key = weekKey(batchWeek);
      return planned({
        tally: tallies.get(key) ?? { ...batchWeek, rows: 0, maxWriteTimeUs: 0n },
        manifests: manifests.get(key) ?? [],
        record: records.get(key),
        input,
      });
    })
    .sort(compareBatchWeeks);
}

interface PlanContext {
  readonly tally: WeekTally;
  readonly manifests: readonly Manifest[];
  readonly record: ArchivalRecord | undefined;
  readonly input: ArchivePlanInput;
}

function candidates({ tallies, manifests, force }: ArchivePlanInput): BatchWeek[] {
  const all: readonly BatchWeek[] = force === true ? [...tallies, ...manifests] : tallies;
  const distinct = new Map(
    all.map(({ batchId, collectionId, week }) => [
      weekKey({ batchId, collectionId, week }),
      { batchId, collectionId, week },
    ]),
  );
  return [...distinct.values()];
}

function isAskedFor({ week }: BatchWeek, { period, nowMs, graceMs }: ArchivePlanInput): boolean {
  const startMs = weekStartMs(week);
  const inPeriod = startMs >= (period.fromMs ?? -Infinity) && startMs < period.beforeMs;
  return inPeriod && isCompleteWeek(week, nowMs, graceMs);
}

function planned(context: PlanContext): PlannedWeek[] {
  const reason = reasonFor(context);
  if (reason === undefined) return [];
  const iteration = context.manifests.reduce((highest, manifest) => Math.max(highest, manifest.iteration), 0) + 1;
  return [{ ...context.tally, iteration, reason }];
}

function reasonFor({ tally, manifests, record, input }: PlanContext): PlannedWeek['reason'] | undefined {
  if (record?.archival === 'RESTORED' && input.named !== true) return undefined;
  if (manifests.length === 0) return tally.rows > 0 ? 'new' : undefined;
  if (input.force === true) return 'forced';
  return openReason(record) ?? (isAllArchived(tally, manifests, record) ? undefined : 'changed');
}

/** Why a week is to be worked on whatever its rows say. */
function openReason(record: ArchivalRecord | undefined): 'restored' | 'unfinished' | undefined {
  if (record === undefined || record.archival === 'SUCCESS') return undefined;
  return record.archival === 'RESTORED' ? 'restored' : 'unfinished';
}

function isAllArchived(tally: WeekTally, manifests: readonly Manifest[], record: ArchivalRecord | undefined): boolean {
  const archivedRows = currentManifests(manifests).reduce((sum, { rows }) => sum + rows, 0);
  const deleted = record?.deletion === 'SUCCESS' && tally.rows > 0;
  return (
    !deleted && tally.rows <= archivedRows && manifests.some((each) => each.maxWriteTimeUs >= tally.maxWriteTimeUs)
  );
}

function byWeek(manifests: readonly Manifest[]): ReadonlyMap<string, readonly Manifest[]> {
  const groups = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    const key = weekKey(manifest);
    groups.set(key, [...(groups.get(key) ?? []), manifest]);
  }
  return groups;
}

function weekKey({ batchId, collectionId, week }: BatchWeek): string {
  return JSON.stringify([batchId, collectionId, formatIsoWeek(week)]);
}

function compareBatchWeeks(left: BatchWeek, right: BatchWeek): number {
  return (
    compareUtf8(left.batchId, right.batchId) ||
    compareUtf8(left.collectionId, right.collectionId) ||
    compareWeeks(left.week, right.week)
  );
}
