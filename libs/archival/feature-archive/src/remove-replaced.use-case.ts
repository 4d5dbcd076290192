import { Injectable } from '@nestjs/common';
import {
  type ArchivalRecord,
  ArchiveReader,
  type BatchWeek,
  currentManifests,
  groupSorted,
  type Manifest,
  mergeSorted,
  objectKeysOf,
  type ReplacedManifest,
} from '@scorekeep/core/domain-archive';
import { type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { ArchiveStorage } from '@scorekeep/platform/domain-storage';
import { difference } from './archive-feature.errors';
import { ArchiveOptions } from './archive-options';
import { WeekLedger } from './ledger/week-ledger';
import { failedWeek, type FailedWeek } from './ledger/week-outcome';
import { covers } from './rows/replaced-manifests';
import { WeekRows } from './rows/week-rows';

export type RemovalOutcome =
  /** How many objects went, manifests included. */
  | { readonly kind: 'removed'; readonly objects: number }
  /** Something is replaced, but a report may be reading it still; ms since epoch. */
  | { readonly kind: 'waiting'; readonly removableFromMs: number }
  | { readonly kind: 'nothing' }
  | FailedWeek;

/**
 * Removes what a later iteration of a week replaced: when the week was verified long enough ago, and everything that is
 * to go is found once more in what stays. Safe to repeat, and to be killed at any point.
 */
@Injectable()
export class RemoveReplaced {
  constructor(
    private readonly weekRows: WeekRows,
    private readonly reader: ArchiveReader,
    private readonly storage: ArchiveStorage,
    private readonly weeks: WeekLedger,
    private readonly options: ArchiveOptions,
  ) {}

  async execute(batchWeek: BatchWeek): Promise<RemovalOutcome> {
    try {
      const record = await this.weeks.find(batchWeek);
      if (record?.archival !== 'SUCCESS' || record.iteration < 2) return { kind: 'nothing' };
      return await this.remove(record);
    } catch (thrown) {
      return failedWeek(thrown);
    }
  }

  private async remove(record: ArchivalRecord): Promise<RemovalOutcome> {
    const manifests = await this.weekRows.manifests(record);
    const current = currentManifests(manifests).filter(({ iteration }) => iteration <= record.iteration);
    const replaced = current.flatMap(({ replaces = [] }) => replaces);
    const keys = await this.storedKeys(replaced);
    if (keys.length === 0) return { kind: 'nothing' };
    const { replacedGraceMs, nowMs } = this.options;
    const removableFromMs = (record.verifiedOnMs ?? nowMs()) + replacedGraceMs;
    if (record.verifiedOnMs === null || removableFromMs > nowMs()) return { kind: 'waiting', removableFromMs };
    const going = manifests.filter((manifest) => replaced.some(({ key }) => key === manifest.key));
    await this.assertCovered(record, going, current);
    const needed = new Set(current.flatMap((manifest) => [manifest.key, ...objectKeysOf(manifest)]));
    const removable = keys.filter((key) => !needed.has(key));
    for (const key of removable) await this.storage.remove(key);
    return { kind: 'removed', objects: removable.length };
  }

  /** Manifests first: an object whose manifest is gone is nobody's, a manifest whose object is gone is an alarm. */
  private async storedKeys(replaced: readonly ReplacedManifest[]): Promise<string[]> {
    const named = [...replaced.map(({ key }) => key), ...replaced.flatMap(({ objects }) => objects)];
    const stored: string[] = [];
    for (const key of new Set(named)) if (await this.storage.stat(key)) stored.push(key);
    return stored;
  }

  /** @throws ARCHIVE.DIFFERENCE; ARCHIVE.CORRUPTED and what else speaks against an object */
  private async assertCovered(
    record: ArchivalRecord,
    going: readonly Manifest[],
    staying: readonly Manifest[],
  ): Promise<void> {
    const { order } = this.options;
    const sorted = mergeSorted<Copy>([...this.copies(going, true), ...this.copies(staying, false)], (left, right) =>
      order(left.row, right.row),
    );
    let missed = 0;
    for await (const group of groupSorted(sorted, (left, right) => order(left.row, right.row) === 0)) {
      const kept = group.filter(({ goes }) => !goes);
      missed += group.filter(({ goes, row }) => goes && !kept.some((each) => covers(each.row, row))).length;
    }
    if (missed > 0) throw difference(record, `${missed} rows of replaced objects are in no later one`);
  }

  private copies(manifests: readonly Manifest[], goes: boolean): AsyncGenerator<Copy>[] {
    return manifests.flatMap((manifest) =>
      manifest.objects.map((object) => marked(this.reader.writtenRows(manifest, object), goes)),
    );
  }
}

interface Copy {
  readonly row: WrittenAttempt;
  /** Whether its object is to go. */
  readonly goes: boolean;
}

async function* marked(rows: AsyncIterable<WrittenAttempt>, goes: boolean): AsyncGenerator<Copy> {
  for await (const row of rows) yield { row, goes };
}
