import { DateTime } from 'luxon';

/**
 * `yyyy-MM-dd HH:mm:ss` on the clocks of the zone.
 *
 * @param timeMs since epoch; null is written as an empty text
 * @param timeZone a name of the IANA database
 */
export function writeTime(timeMs: number | null, timeZone: string): string {
  return timeMs === null ? '' : DateTime.fromMillis(timeMs, { zone: timeZone }).toFormat('yyyy-MM-dd HH:mm:ss');
}

/** `dd/MM/yyyy` on the clocks of the zone; null is written as an empty text. */
export function writeDay(timeMs: number | null, timeZone: string): string {
  return timeMs === null ? '' : DateTime.fromMillis(timeMs, { zone: timeZone }).toFormat('dd/MM/yyyy');
}
