import { createHash } from 'node:crypto';
import {
  type ArchivalClaim,
  type ArchivalRecord,
  type BatchWeek,
  type Manifest,
  requestIdOf,
} from '@scorekeep/core/domain-archive';
import { missingManifest } from '../archive-feature.errors';

/** What to take the lease of a week with: a further iteration of a finished one, the same of an unfinished one. */
export function claimOf(
  { batchId, collectionId, week }: BatchWeek,
  stored: ArchivalRecord | undefined,
  request: string,
): ArchivalClaim {
  const batchWeek = { batchId, collectionId, week };
  const iteration = stored?.archival === 'SUCCESS' ? stored.iteration + 1 : Math.max(1, stored?.iteration ?? 0);
  return { batchWeek, requestId: requestIdOf(batchWeek, sha256), iteration, request };
}

/** Rows that were recorded as archived must be named by the manifests that are there. @throws ARCHIVE.MISSING_MANIFEST */
export function assertNoManifestMissing(record: ArchivalRecord | undefined, manifests: readonly Manifest[]): void {
  const found = manifests.reduce((sum, { rows }) => sum + rows, 0);
  if (record && found < record.rows) throw missingManifest(record, record.rows, found);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
