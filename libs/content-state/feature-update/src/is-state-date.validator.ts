import { Matches } from 'class-validator';
import { STATE_DATE } from '@scorekeep/core/domain-content-state';

/** `yyyy-MM-dd HH:mm:ss:SSSZ`. */
export function IsStateDate(): PropertyDecorator {
  return Matches(STATE_DATE, {
    message: '$property must be a date as yyyy-MM-dd HH:mm:ss:SSSZ, like 2020-11-24 07:34:28:089+0000',
  });
}
