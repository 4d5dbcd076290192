import { IsDuration, Setting } from '@scorekeep/platform/util-config';

/** Settings of archival. */
export class ArchiveSettings {
  @Setting('how long after its end a week counts as complete')
  @IsDuration()
  ARCHIVE_WEEK_GRACE: string = '24h';

  @Setting('how long verified weeks are kept in the table before they may be deleted; 0 allowed')
  @IsDuration()
  ARCHIVE_DELETE_AFTER: string = '7d';
}
