/** What a learner's app says of one content. Times in ms since epoch; null where it says nothing. */
export interface ContentUpdate {
  readonly contentId: string;
  /** 0 not begun, 1 begun, 2 completed. */
  readonly status: number;
  /** Percent, 0–100. */
  readonly progress: number | null;
  readonly lastAccessMs: number | null;
  readonly lastCompletedMs: number | null;
  readonly completedCount: number | null;
  readonly viewCount: number | null;
  /** Percent, 0–100. */
  readonly completionPercentage: number | null;
  /** JSON text. */
  readonly progressDetails: string | null;
}

/** A content was completed; nothing else is known of it. */
export function completionOf(contentId: string): ContentUpdate {
  return {
    contentId,
    status: 2,
    progress: null,
    lastAccessMs: null,
    lastCompletedMs: null,
    completedCount: null,
    viewCount: null,
    completionPercentage: null,
    progressDetails: null,
  };
}

/**
 * One update per content, in order of first appearance: the highest status and progress, the latest times; of the other
 * values the last one given.
 */
export function combineUpdates(updates: Iterable<ContentUpdate>): ContentUpdate[] {
  const byContent = new Map<string, ContentUpdate>();
  for (const update of updates) {
    const known = byContent.get(update.contentId);
    byContent.set(update.contentId, known ? combine(known, update) : update);
  }
  return [...byContent.values()];
}

function combine(first: ContentUpdate, second: ContentUpdate): ContentUpdate {
  return {
    contentId: first.contentId,
    status: Math.max(first.status, second.status),
    progress: greater(first.progress, second.progress),
    lastAccessMs: greater(first.lastAccessMs, second.lastAccessMs),
    lastCompletedMs: greater(first.lastCompletedMs, second.lastCompletedMs),
    ...replaced(first, second),
  };
}

/** The values that an update simply replaces. */
export type ReplacedValues = Pick<
  ContentUpdate,
  'completedCount' | 'viewCount' | 'completionPercentage' | 'progressDetails'
>;

export function replaced(before: ReplacedValues, update: ReplacedValues): ReplacedValues {
  return {
    completedCount: update.completedCount ?? before.completedCount,
    viewCount: update.viewCount ?? before.viewCount,
    completionPercentage: update.completionPercentage ?? before.completionPercentage,
    progressDetails: update.progressDetails ?? before.progressDetails,
  };
}

/** The greater of two values, of which either may be missing. */
export function greater(left: number | null, right: number | null): number | null {
  if (left === null || right === null) return left ?? right;
  return Math.max(left, right);
}
