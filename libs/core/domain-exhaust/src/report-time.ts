import { DateTime, Info, type Zone } from 'luxon';

/**
 * `yyyy-MM-dd HH:mm:ss` on the clocks of the zone.
 *
 * @param timeMs since epoch; null is written as an empty text
 * @param timeZone a name of the IANA database
 */
export function writeTime(timeMs: number | null, timeZone: string): string {
  if (timeMs === null) return '';
  const zone = zoneOf(timeZone);
  const onClocks = new Date(timeMs + zone.offset(timeMs) * 60_000);
  const year = onClocks.getUTCFullYear();
  if (year >= 0 && year <= 9_999) return onClocks.toISOString().slice(0, 19).replace('T', ' ');
  return DateTime.fromMillis(timeMs, { zone }).toFormat('yyyy-MM-dd HH:mm:ss');
}

/** `dd/MM/yyyy` on the clocks of the zone; null is written as an empty text. */
export function writeDay(timeMs: number | null, timeZone: string): string {
  return timeMs === null ? '' : DateTime.fromMillis(timeMs, { zone: timeZone }).toFormat('dd/MM/yyyy');
}

const zones = new Map<string, Zone>();

function zoneOf(timeZone: string): Zone {
  const zone = zones.get(timeZone) ?? Info.normalizeZone(timeZone);
  zones.set(timeZone, zone);
  return zone;
}
