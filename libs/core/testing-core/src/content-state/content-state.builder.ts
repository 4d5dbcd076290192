import { type ContentUpdate, type StoredContent } from '@scorekeep/core/domain-content-state';

/** A row of which only the content is known; give what the test is about. */
export function aStoredContent(given: Partial<StoredContent> = {}): StoredContent {
  return {
    contentId: 'do_content',
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
    ...given,
  };
}

/** A content begun; give what the test is about. */
export function aContentUpdate(given: Partial<ContentUpdate> = {}): ContentUpdate {
  return {
    contentId: 'do_content',
    status: 1,
    progress: null,
    lastAccessMs: null,
    lastCompletedMs: null,
    completedCount: null,
    viewCount: null,
    completionPercentage: null,
    progressDetails: null,
    ...given,
  };
}
