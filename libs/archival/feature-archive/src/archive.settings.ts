import { IsDuration, Setting } from '@scorekeep/platform/util-config';
import { IsInt, Max, Min } from 'class-validator';

/** Settings of archival. */
export class ArchiveSettings {
  @Setting('how long after its end a week counts as complete')
  @IsDuration()
  ARCHIVE_WEEK_GRACE: string = '24h';

  @Setting('how long verified weeks are kept in the table before they may be deleted; 0 allowed')
  @IsDuration()
  ARCHIVE_DELETE_AFTER: string = '7d';

  @Setting('how long objects that were archived again stay after what replaced them was verified')
  @IsDuration()
  ARCHIVE_REPLACED_GRACE: string = '24h';

  @Setting('most rows that a process deletes in a second; 0: as fast as the servers allow')
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  ARCHIVE_DELETE_ROWS_PER_SECOND: number = 2_000;

  @Setting('how long a process that stands still or died keeps the week that it worked on')
  @IsDuration()
  ARCHIVE_LEASE: string = '20s';
}
