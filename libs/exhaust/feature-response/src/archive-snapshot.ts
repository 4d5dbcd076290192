import { type ArchivalRecord, compareWeeks, type Manifest } from '@scorekeep/core/domain-archive';
import { missingManifest } from './response.errors';

/** What was archived of a batch when it was looked at. */
export interface ArchiveSnapshot {
  readonly manifests: readonly Manifest[];
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

function keysNotIn(these: ArchiveSnapshot, those: ArchiveSnapshot): string[] {
  const known = new Set(those.manifests.map(identityOf));
  return these.manifests.filter((manifest) => !known.has(identityOf(manifest))).map(({ key }) => key);
}

/** Manifests are never rewritten; should one be all the same, its objects give it away. */
function identityOf({ key, objects }: Manifest): string {
  return JSON.stringify([key, objects.map((object) => [object.key, object.sha256])]);
}
