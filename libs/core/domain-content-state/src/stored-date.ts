import { DateTime } from 'luxon';

const FORMAT = 'yyyy-MM-dd HH:mm:ss:SSSZZZ';

/** Ms since epoch of a text column's date, `yyyy-MM-dd HH:mm:ss:SSSZ`; null when it is none. */
export function parseStoredDate(text: string | null): number | null {
  if (text === null) return null;
  const parsed = DateTime.fromFormat(text, FORMAT);
  return parsed.isValid ? parsed.toMillis() : null;
}
