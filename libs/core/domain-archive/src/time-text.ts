const largestDateMs = 8.64e15;

/**
 * A time as JSON: text like `2020-06-18T18:15:56.490+0000`, years outside 0–9999 with sign and six digits. What the
 * calendar has no text for (beyond ±8.64e15, fractions) is a plain number of ms.
 */
export function writeTime(ms: number): string {
  if (!Number.isInteger(ms) || Math.abs(ms) > largestDateMs) return JSON.stringify(ms);
  return `"${new Date(ms).toISOString().slice(0, -1)}+0000"`;
}

const pattern =
  /^([+-]\d{6}|\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?\s?(?:Z|UTC|([+-]\d\d):?(\d\d)?)?$/;

/**
 * Reads ISO times in the variants that Spark, Cassandra and Java write: `T` or a space, with or without seconds and a
 * fraction (cut to ms), `Z`, `+0000`, `+05:30`, `+00` or no zone (UTC).
 *
 * @returns ms since epoch; undefined for other text
 */
export function readTimeMs(text: string): number | undefined {
  return isAsWritten(text) ? Date.parse(`${text.slice(0, 23)}Z`) : readAnyTimeMs(text);
}

/** As `writeTime` writes nearly all of them; on days that every month has. */
const asWritten = /^\d{4}-(0\d|1[0-2])-([01]\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}\+0000$/;

function isAsWritten(text: string): boolean {
  return text.length === 28 && asWritten.test(text);
}

function readAnyTimeMs(text: string): number | undefined {
  const [, year, month, day, hour, minute, second = '00', fraction = '', zoneHour, zoneMinute = '00'] =
    pattern.exec(text) ?? [];
  if (year === undefined) return undefined;
  const zone = zoneHour === undefined ? 'Z' : `${zoneHour}:${zoneMinute}`;
  const ms = Date.parse(
    `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction.padEnd(3, '0').slice(0, 3)}${zone}`,
  );
  return Number.isNaN(ms) ? undefined : ms;
}
