import {
  type ArchivalRecord,
  compareWeeks,
  type Manifest,
  objectKeysOf,
  type ReferenceFile,
} from '@scorekeep/core/domain-archive';
import { missingManifest } from './response.errors';

/** What was archived of a batch when it was looked at. */
export interface ArchiveSnapshot {
  /** Those that no other one replaces. */
  readonly manifests: readonly Manifest[];
  /** What the reference archived. */
  readonly referenceFiles: readonly ReferenceFile[];
}

/** A clause that says what is new or gone; undefined when the snapshots are the same. */
export function changeBetween(before: ArchiveSnapshot, after: ArchiveSnapshot): string | undefined {
  const appeared = keysNotIn(after, before);
  const vanished = keysNotIn(before, after);
  const clauses = [
    ...(appeared.length > 0 ? [`${appeared.join(', ')} appeared`] : []),
    ...(vanished.length > 0 ? [`${vanished.join(', ')} vanished`] : []),
  ];
  return clauses.length > 0 ? clauses.join(' and ') : undefined;
}

/**
 * Compares what is recorded with what is there.
 *
 * @param records read before `manifests`: a manifest is written before its week is recorded
 * @throws ARCHIVE.MISSING_MANIFEST when rows that are recorded as archived are in no manifest. A restored week lacks
 *   nothing: its rows are in the table again.
 */
export function assertNothingMissing(records: readonly ArchivalRecord[], manifests: readonly Manifest[]): void {
  const lacking = records.find((record) => record.archival !== 'RESTORED' && lacksManifests(record, manifests));
  if (lacking) throw missingManifest(lacking);
}

function lacksManifests(record: ArchivalRecord, manifests: readonly Manifest[]): boolean {
  const ofWeek = manifests.filter(
    ({ batchId, collectionId, week }) =>
      batchId === record.batchId && collectionId === record.collectionId && compareWeeks(week, record.week) === 0,
  );
  if (ofWeek.reduce((rows, manifest) => rows + manifest.rows, 0) < record.rows) return true;
  const published = record.archival === 'SUCCESS' && record.iteration > 0;
  return published && !ofWeek.some(({ iteration }) => iteration === record.iteration);
}

/**
 * The files that are not Scorekeep's own: no manifest names them, and none was recorded before its upload. A recorded
 * one without a manifest is unfinished, and nobody's.
 *
 * @param records read after the files were listed: a file is recorded before it is there
 */
export function notOurs(
  files: readonly ReferenceFile[],
  manifests: readonly Manifest[],
  records: readonly ArchivalRecord[],
): ReferenceFile[] {
  const ours = new Set([
    ...manifests.flatMap(objectKeysOf),
    ...manifests.flatMap(({ replaces = [] }) => replaces.flatMap(({ objects }) => objects)),
    ...records.flatMap(({ objectKeys }) => objectKeys),
  ]);
  return files.filter(({ key }) => !ours.has(key));
}

function keysNotIn(these: ArchiveSnapshot, those: ArchiveSnapshot): string[] {
  const known = new Set(identitiesIn(those).keys());
  return [...identitiesIn(these)].filter(([identity]) => !known.has(identity)).map(([, key]) => key);
}

/** Key by identity. Manifests are never rewritten; should one be all the same, its objects give it away. */
function identitiesIn({ manifests, referenceFiles }: ArchiveSnapshot): Map<string, string> {
  return new Map([
    ...manifests.map(({ key, objects }) => {
      return [JSON.stringify([key, objects.map((object) => [object.key, object.sha256])]), key] as const;
    }),
    ...referenceFiles.map(({ key, bytes }) => [JSON.stringify([key, bytes]), key] as const),
  ]);
}
