import { type ConsumedContent, parseStateDate, type StoredContent } from '@scorekeep/core/domain-content-state';

/** Select list for `toConsumedContent`. */
export const CONSUMED_COLUMNS =
  'contentid, status, progress, completedcount, viewcount, last_access_time, lastaccesstime, last_completed_time, lastcompletedtime, completionpercentage, progressdetails';

/** Select list for `toStoredContent`. */
export const STORED_COLUMNS = `${CONSUMED_COLUMNS}, first_progress, last_updated_time`;

/** A row of `user_content_consumption`, selected by the first list. */
export interface ConsumedValues {
  readonly contentid: string;
  readonly status: number | null;
  readonly progress: number | null;
  readonly completedcount: number | null;
  readonly viewcount: number | null;
  readonly last_access_time: Date | null;
  readonly lastaccesstime: string | null;
  readonly last_completed_time: Date | null;
  readonly lastcompletedtime: string | null;
  readonly completionpercentage: number | null;
  readonly progressdetails: string | null;
}

/** A row selected by the second list. */
export interface StoredValues extends ConsumedValues {
  readonly first_progress: number | null;
  readonly last_updated_time: Date | null;
}

/** The timestamp columns win over their text twins, which are read where the timestamp is missing. */
export function toConsumedContent(row: ConsumedValues): ConsumedContent {
  return {
    contentId: row.contentid,
    status: row.status,
    progress: row.progress,
    completedCount: row.completedcount,
    viewCount: row.viewcount,
    lastAccessMs: row.last_access_time?.getTime() ?? parseStateDate(row.lastaccesstime),
    lastCompletedMs: row.last_completed_time?.getTime() ?? parseStateDate(row.lastcompletedtime),
    completionPercentage: row.completionpercentage,
    progressDetails: row.progressdetails,
  };
}

export function toStoredContent(row: StoredValues): StoredContent {
  return {
    ...toConsumedContent(row),
    firstProgress: row.first_progress,
    lastUpdatedMs: row.last_updated_time?.getTime() ?? null,
  };
}
