import { Injectable } from '@nestjs/common';
import {
  type ArchivalRecord,
  type ArchiveFormat,
  type BatchWeek,
  currentManifests,
  type Manifest,
  markArchived,
  type SegmentOptions,
  SegmentWriter,
  takeLease,
} from '@scorekeep/core/domain-archive';
import { type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { ArchiveOptions } from './archive-options';
import { assertNoManifestMissing, claimOf } from './ledger/archival-claim';
import { WeekLedger } from './ledger/week-ledger';
import { type WeekLease } from './ledger/week-lease';
import { type BusyWeek, type FailedWeek } from './ledger/week-outcome';
import { judgeKey, type KeyCopies, latestCopy } from './rows/judge-key';
import { ReplacedManifests } from './rows/replaced-manifests';
import { WeekRows } from './rows/week-rows';

/** How a run archives, beside the week itself. */
export interface ArchiveRun {
  /** What was asked for, as text; recorded. */
  readonly request: string;
  /** Archives everything again, from the table and the objects together: a new iteration that replaces what it can. */
  readonly force?: boolean;
  /** How new objects are written; default csv.gz. */
  readonly format?: ArchiveFormat;
  /** The week was asked for by name: a restored one is archived again, as if by force. */
  readonly named?: boolean;
  /** When it is aborted the week is given up at the next row. */
  readonly signal?: AbortSignal;
  /** Called now and then with the number of rows taken so far. */
  readonly onRows?: (rows: number) => void;
}

export type ArchiveOutcome =
  /** Without a manifest every row was archived already, and the week was only not recorded as such. */
  | { readonly kind: 'archived'; readonly record: ArchivalRecord; readonly manifest?: Manifest }
  /** Archived before, and nothing new since. */
  | { readonly kind: 'unchanged'; readonly record: ArchivalRecord }
  | BusyWeek
  | FailedWeek;

/**
 * Archives what the table holds of one batch and week and no object does, as a further iteration. Safe to repeat, and to
 * be killed at any point. A week that fails is marked FAILED.
 */
@Injectable()
export class ArchiveWeek {
  constructor(
    private readonly weekRows: WeekRows,
    private readonly writer: SegmentWriter,
    private readonly weeks: WeekLedger,
    private readonly options: ArchiveOptions,
  ) {}

  async execute(batchWeek: BatchWeek, run: ArchiveRun): Promise<ArchiveOutcome> {
    try {
      const record = await this.weeks.find(batchWeek);
      const untouched = this.weeks.busy(record) ?? (await this.unchanged(batchWeek, record, run));
      if (untouched) return untouched;
      const again = run.force === true || record?.archival === 'RESTORED';
      return await this.weeks.work(
        batchWeek,
        (stored, terms) => takeLease(stored, claimOf(batchWeek, stored, run), terms),
        (lease) => this.archive(batchWeek, lease, { ...run, force: again }),
      );
    } catch (thrown) {
      return this.weeks.settle(batchWeek, thrown, run.request);
    }
  }

  /** A finished week is worked on again only when there is something new: otherwise it stays verified as it is. */
  private async unchanged(
    batchWeek: BatchWeek,
    record: ArchivalRecord | undefined,
    { signal, force }: ArchiveRun,
  ): Promise<ArchiveOutcome | undefined> {
    if (record?.archival !== 'SUCCESS' || force === true) return undefined;
    const manifests = await this.weekRows.manifests(batchWeek);
    assertNoManifestMissing(record, manifests);
    for await (const key of this.weekRows.join(batchWeek, manifests, signal)) {
      if (judgeKey(key) === 'unarchived') return undefined;
    }
    return { kind: 'unchanged', record };
  }

  private async archive(batchWeek: BatchWeek, lease: WeekLease, run: ArchiveRun): Promise<ArchiveOutcome> {
    const published = await this.weekRows.manifests(batchWeek);
    assertNoManifestMissing(lease.taken, published);
    const signal = run.signal ? AbortSignal.any([run.signal, lease.signal]) : lease.signal;
    const keys = this.weekRows.join(batchWeek, published, signal);
    const replaced = new ReplacedManifests(currentManifests(published));
    const manifest = await this.writer.writeSegments(
      batchWeek,
      run.force ? everything(keys, replaced) : unarchived(keys),
      {
        ...this.segmentOptions(published, lease),
        ...(run.format ? { format: run.format } : {}),
        ...(run.onRows ? { onRows: run.onRows } : {}),
        ...(run.force ? { replaces: () => replaced.list() } : {}),
      },
    );
    const manifests = manifest ? [...published, manifest] : published;
    const record = await lease.end((stored, holder) => markArchived(stored, manifests, holder));
    return { kind: 'archived', record, ...(manifest ? { manifest } : {}) };
  }

  private segmentOptions(published: readonly Manifest[], lease: WeekLease): SegmentOptions {
    const { prefix, maxObjectBytes, toolVersion, layout, table, nowMs } = this.options;
    const startedOnMs = nowMs();
    return {
      ...{ prefix, maxObjectBytes, toolVersion, layout, table },
      iteration: published.reduce((highest, { iteration }) => Math.max(highest, iteration), 0) + 1,
      epochMs: startedOnMs,
      nowMs: startedOnMs,
      onObject: (key) => lease.recordObject(key),
      onPublish: () => lease.assertHeld(),
    };
  }
}

/** Of every key what was written last, wherever it is. */
async function* everything(
  keys: AsyncIterable<KeyCopies>,
  replaced: ReplacedManifests,
): AsyncGenerator<WrittenAttempt> {
  for await (const key of keys) {
    const latest = key.live && judgeKey(key) === 'unarchived' ? key.live : latestCopy(key.copies);
    if (!latest) continue;
    replaced.compare(key.copies, latest);
    yield latest;
  }
}

async function* unarchived(keys: AsyncIterable<KeyCopies>): AsyncGenerator<WrittenAttempt> {
  for await (const key of keys) if (key.live && judgeKey(key) === 'unarchived') yield key.live;
}
