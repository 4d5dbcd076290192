import { IsDuration, Setting } from '@scorekeep/platform/util-config';
import { IsTimeZone, Matches } from 'class-validator';

/** Settings of archival. */
export class ArchiveSettings {
  @Setting('what the keys of all archived objects begin with: folders separated by /')
  @Matches(/^[A-Za-z0-9_.-]*[A-Za-z0-9_-][A-Za-z0-9_.-]*(\/[A-Za-z0-9_.-]*[A-Za-z0-9_-][A-Za-z0-9_.-]*)*$/, {
    message: 'ARCHIVE_PREFIX must be folder names of letters, digits, ".", "_" or "-", separated by "/"',
  })
  ARCHIVE_PREFIX: string = 'archival';

  @Setting('how long after its end a week counts as complete')
  @IsDuration()
  ARCHIVE_WEEK_GRACE: string = '24h';

  @Setting('how long verified weeks are kept in the table before they may be deleted; 0 allowed')
  @IsDuration()
  ARCHIVE_DELETE_AFTER: string = '7d';

  @Setting("zone of the times in the reference's agg_details, an IANA name")
  @IsTimeZone()
  AGG_DETAILS_TIME_ZONE: string = 'UTC';
}
