import { IsTimeZone } from 'class-validator';
import { Setting } from '@scorekeep/platform/util-config';

/** How the reference's list of a learner's attempts is read. */
export class AggDetailsSettings {
  @Setting("zone of the times in the reference's agg_details, an IANA name")
  @IsTimeZone()
  AGG_DETAILS_TIME_ZONE: string = 'UTC';
}
