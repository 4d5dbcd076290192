import { createHash } from 'node:crypto';
import {
  type ArchivalClaim,
  type ArchivalRecord,
  type BatchWeek,
  type Manifest,
  requestIdOf,
} from '@scorekeep/core/domain-archive';
import { missingManifest } from '../archive-feature.errors';

/** What a claim says beside the week. */
export interface ClaimTerms {
  /** What was asked for, as text. */
  readonly request: string;
  /** The week was asked for by name. Default false. */
  readonly named?: boolean;
}

/** What to take the lease of a week with: a further iteration of a finished one, the same of an unfinished one. */
export function claimOf(
  { batchId, collectionId, week }: BatchWeek,
  stored: ArchivalRecord | undefined,
  { request, named = false }: ClaimTerms,
): ArchivalClaim {
  const batchWeek = { batchId, collectionId, week };
  const finished = stored?.archival === 'SUCCESS' || stored?.archival === 'RESTORED';
  const iteration = finished ? stored.iteration + 1 : Math.max(1, stored?.iteration ?? 0);
  return { batchWeek, requestId: requestIdOf(batchWeek, sha256), iteration, request, named };
}

/**
 * Rows that were recorded as archived must be named by the manifests that are there, and the one that finished the week
 * must be among them. @throws ARCHIVE.MISSING_MANIFEST
 */
export function assertNoManifestMissing(record: ArchivalRecord | undefined, manifests: readonly Manifest[]): void {
  if (!record) return;
  const found = manifests.reduce((sum, { rows }) => sum + rows, 0);
  const isLatestThere = manifests.some(({ iteration }) => iteration === record.iteration);
  const lacksLatest = record.archival === 'SUCCESS' && record.iteration > 0 && !isLatestThere;
  if (found < record.rows || lacksLatest) throw missingManifest(record, record.rows, found);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
