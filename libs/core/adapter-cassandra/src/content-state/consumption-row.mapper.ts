import { parseStateDate, type StoredContent } from '@scorekeep/core/domain-content-state';

/** Select list for `toStoredContent`. */
export const CONSUMPTION_COLUMNS =
  'contentid, status, progress, first_progress, completedcount, viewcount, last_access_time, lastaccesstime, last_completed_time, lastcompletedtime, completionpercentage, progressdetails, last_updated_time';

/** A row of `user_content_consumption`, selected by that list. */
export interface ConsumptionRowValues {
  readonly contentid: string;
  readonly status: number | null;
  readonly progress: number | null;
  readonly first_progress: number | null;
  readonly completedcount: number | null;
  readonly viewcount: number | null;
  readonly last_access_time: Date | null;
  readonly lastaccesstime: string | null;
  readonly last_completed_time: Date | null;
  readonly lastcompletedtime: string | null;
  readonly completionpercentage: number | null;
  readonly progressdetails: string | null;
  readonly last_updated_time: Date | null;
}

/** The timestamp columns win over their text twins, which are read where the timestamp is missing. */
export function toStoredContent(row: ConsumptionRowValues): StoredContent {
  return {
    contentId: row.contentid,
    status: row.status,
    progress: row.progress,
    firstProgress: row.first_progress,
    completedCount: row.completedcount,
    viewCount: row.viewcount,
    lastAccessMs: row.last_access_time?.getTime() ?? parseStateDate(row.lastaccesstime),
    lastCompletedMs: row.last_completed_time?.getTime() ?? parseStateDate(row.lastcompletedtime),
    completionPercentage: row.completionpercentage,
    progressDetails: row.progressdetails,
    lastUpdatedMs: row.last_updated_time?.getTime() ?? null,
  };
}
