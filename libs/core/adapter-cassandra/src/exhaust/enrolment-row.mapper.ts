import { parseStateDate } from '@scorekeep/core/domain-content-state';
import { type Enrolment } from '@scorekeep/core/domain-exhaust';
import { type Row } from '@scorekeep/platform/adapter-cassandra';

/** Select list for `toEnrolment`. */
export const ENROLMENT_COLUMNS =
  'userid, courseid, batchid, active, certificates, issued_certificates, completedon, contentstatus, enrolleddate, enrolled_date, status';

/** Of an enrolment and of a content. */
const COMPLETED = 2;
const DAY = /^\d{4}-\d{2}-\d{2}/;

export function toEnrolment(row: Row): Enrolment {
  const completedOnMs = timeIn(row, 'completedon');
  return {
    userId: row['userid'] as string,
    courseId: row['courseid'] as string,
    batchId: row['batchid'] as string,
    active: row['active'] === true,
    enrolledOnMs: timeIn(row, 'enrolled_date') ?? dateIn(row['enrolleddate']),
    completedOnMs,
    completed: completedOnMs !== null || row['status'] === COMPLETED,
    certificateIssued: holdsSome(row['certificates']) || holdsSome(row['issued_certificates']),
    completedContents: completedIn(row['contentstatus'] as ReadonlyMap<string, number> | null),
  };
}

function timeIn(row: Row, column: string): number | null {
  return (row[column] as Date | null)?.getTime() ?? null;
}

/** The column from before there were timestamps: `yyyy-MM-dd HH:mm:ss:SSSZ`, or at least a day that it begins with. */
function dateIn(text: unknown): number | null {
  if (typeof text !== 'string') return null;
  const timeMs = parseStateDate(text) ?? Date.parse(DAY.exec(text)?.[0] ?? '');
  return Number.isNaN(timeMs) ? null : timeMs;
}

function holdsSome(certificates: unknown): boolean {
  return Array.isArray(certificates) && certificates.length > 0;
}

function completedIn(statuses: ReadonlyMap<string, number> | null): ReadonlySet<string> | undefined {
  if (!statuses) return undefined;
  return new Set([...statuses].filter(([, status]) => status === COMPLETED).map(([contentId]) => contentId));
}
