import { type StoredContent } from './consumption-rows.port';
import { type ContentUpdate, greater, replaced } from './content-update';

const COMPLETED = 2;
const ALL = 100;

/**
 * A content's row after an update. Later times win; status and progress never go down; status 2 has progress 100; a time
 * that neither side has is now (that of completion only for an update that completes); other values replace.
 *
 * A first row below 2 has progress 0, whatever was given. That is made up for as soon as an update says something else
 * than the one that made the row. So updates give the same status, progress and given times in any order, however often
 * each comes; and a first one that comes again changes nothing.
 *
 * @param found undefined when there is no row yet
 * @param nowMs ms since epoch
 */
export function mergeContent(found: StoredContent | undefined, update: ContentUpdate, nowMs: number): StoredContent {
  const before = found ?? nothingOf(update.contentId);
  const status = Math.min(COMPLETED, Math.max(before.status ?? 0, update.status));
  return {
    contentId: update.contentId,
    status,
    ...(status === COMPLETED
      ? { progress: ALL, firstProgress: before.firstProgress }
      : progressBelowCompletion(found, update)),
    lastAccessMs: greater(before.lastAccessMs, update.lastAccessMs) ?? nowMs,
    lastCompletedMs:
      greater(before.lastCompletedMs, update.lastCompletedMs) ?? (update.status >= COMPLETED ? nowMs : null),
    ...replaced(before, update),
    lastUpdatedMs: Math.max(nowMs, (before.lastUpdatedMs ?? 0) + 1),
  };
}

function progressBelowCompletion(
  found: StoredContent | undefined,
  update: ContentUpdate,
): Pick<StoredContent, 'progress' | 'firstProgress'> {
  if (!found) return { progress: 0, firstProgress: update.progress || null };
  const { firstProgress } = found;
  const stored = found.progress ?? 0;
  if (repeatsTheFirst(found, update)) return { progress: stored, firstProgress };
  return { progress: Math.max(stored, update.progress ?? 0, firstProgress ?? 0), firstProgress };
}

/** Nothing but that first update can have come so far where status and time are still its own. */
function repeatsTheFirst(found: StoredContent, { status, progress, lastAccessMs }: ContentUpdate): boolean {
  return (
    found.firstProgress !== null &&
    found.firstProgress === progress &&
    found.status === status &&
    (lastAccessMs === null || lastAccessMs === found.lastAccessMs)
  );
}

function nothingOf(contentId: string): StoredContent {
  return {
    contentId,
    status: null,
    progress: null,
    firstProgress: null,
    completedCount: null,
    viewCount: null,
    lastAccessMs: null,
    lastCompletedMs: null,
    completionPercentage: null,
    progressDetails: null,
    lastUpdatedMs: null,
  };
}
