import { Info } from 'luxon';

/** `yyyy-MM-dd HH:mm:ss:SSSZ`, as apps write and parse dates. No value of a part is out of its range. */
export const STATE_DATE =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d):(\d{3})([+-])([01]\d|2[0-3])([0-5]\d)$/;

const MINUTE_MS = 60_000;

/** Ms since epoch of a `STATE_DATE`, of a request or a text column; null when it is none. 31 April is 1 May, as Java has it. */
export function parseStateDate(text: string | null): number | null {
  const parts = text === null ? null : STATE_DATE.exec(text);
  if (!parts) return null;
  const numbers = parts.map(Number);
  const part = (group: number): number => numbers[group] ?? 0;
  const localMs = Date.UTC(part(1), part(2) - 1, part(3), part(4), part(5), part(6), part(7));
  const offsetMs = (part(9) * 60 + part(10)) * MINUTE_MS;
  return parts[8] === '-' ? localMs + offsetMs : localMs - offsetMs;
}

/**
 * `yyyy-MM-dd HH:mm:ss:SSSZ`.
 *
 * @param ms since epoch, of the years 0 to 9999
 * @param timeZone IANA name
 */
export function formatStateDate(ms: number, timeZone: string): string {
  const offsetMinutes = Info.normalizeZone(timeZone).offset(ms);
  const local = new Date(ms + offsetMinutes * MINUTE_MS).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 19)}:${local.slice(20, 23)}${offset(offsetMinutes)}`;
}

function offset(minutes: number): string {
  const twoDigits = (value: number): string => String(value).padStart(2, '0');
  const absolute = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${twoDigits(Math.floor(absolute / 60))}${twoDigits(Math.floor(absolute % 60))}`;
}
