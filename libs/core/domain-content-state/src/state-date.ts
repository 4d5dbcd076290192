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
  const offsetMinutes = timeZone === 'UTC' ? 0 : Info.normalizeZone(timeZone).offset(ms);
  // Twice as fast as cutting up what toISOString gives, which counts: an answer may hold hundreds of dates.
  const local = new Date(ms + offsetMinutes * MINUTE_MS);
  const date = `${year(local)}-${two(local.getUTCMonth() + 1)}-${two(local.getUTCDate())}`;
  const time = `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}:${two(local.getUTCSeconds())}`;
  return `${date} ${time}:${milliseconds(local)}${offset(offsetMinutes)}`;
}

const twoDigits = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));

/** @param value whole, 0 to 99 */
function two(value: number): string {
  return twoDigits[value] ?? '';
}

function year(date: Date): string {
  return String(date.getUTCFullYear()).padStart(4, '0');
}

function milliseconds(date: Date): string {
  return String(date.getUTCMilliseconds()).padStart(3, '0');
}

function offset(minutes: number): string {
  const absolute = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(absolute / 60))}${two(Math.floor(absolute % 60))}`;
}
