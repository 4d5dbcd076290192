import { compareUtf8 } from '@scorekeep/core/domain-archive';
import { BatchEnrolments, type CourseBatch, type Enrolment } from '@scorekeep/core/domain-exhaust';
import { type CassandraSession, type Row } from '@scorekeep/platform/adapter-cassandra';
import { type Logger } from '@scorekeep/platform/util-logging';
import { isIndexed } from '../indexed-column';
import { readAhead } from '../archive/read-ahead';
import { percentOfRing, readRing } from '../archive/token-ranges';
import { ENROLMENT_COLUMNS, toEnrolment } from './enrolment-row.mapper';

const TABLE = 'user_enrolments';
const IN_RANGE = 'token(userid) > ? AND token(userid) <= ?';
const PAGE_SIZE = 1000;

type WantedBatch = Pick<CourseBatch, 'batchId'> & Partial<CourseBatch>;

/**
 * Enrolments of a batch in `user_enrolments`, whose partitions are the learners: found by a storage-attached index,
 * bounded by token ranges. Without a usable index the whole table is read.
 */
export class CassandraBatchEnrolments extends BatchEnrolments {
  private indexed: Promise<boolean> | undefined;

  constructor(
    private readonly session: CassandraSession,
    private readonly logger: Pick<Logger, 'warn'>,
  ) {
    super();
  }

  override async coursesOf(batchId: string): Promise<string[]> {
    const courses = new Set<string>();
    for await (const row of this.rows('userid, courseid, batchid', { batchId })) courses.add(row['courseid'] as string);
    return [...courses].sort(compareUtf8);
  }

  override async *enrolmentsOf(wanted: WantedBatch): AsyncGenerator<Enrolment> {
    for await (const row of readAhead(this.rows(ENROLMENT_COLUMNS, wanted), PAGE_SIZE)) yield toEnrolment(row);
  }

  override percentBefore({ userId }: Enrolment): number {
    return percentOfRing(this.session.tokenOf(userId));
  }

  private async *rows(columns: string, wanted: WantedBatch): AsyncGenerator<Row> {
    const indexed = await this.isIndexed();
    const where = [...(indexed ? ['batchid = ?'] : []), IN_RANGE].join(' AND ');
    const statement = { cql: `SELECT ${columns} FROM ${TABLE} WHERE ${where}`, idempotent: true };
    const values = indexed ? [wanted.batchId] : [];
    yield* readRing({
      read: ({ from, to }) =>
        matching(this.session.rows(statement, [...values, from, to], { pageSize: PAGE_SIZE }), wanted),
      tokenOf: (row) => this.session.tokenOf(row['userid'] as string),
      order: this.order,
    });
  }

  /** The order in which Cassandra gives rows of one batch. */
  private readonly order = (left: Row, right: Row): number => {
    const tokens = [left, right].map((row) => this.session.tokenOf(row['userid'] as string)) as [bigint, bigint];
    if (tokens[0] !== tokens[1]) return tokens[0] < tokens[1] ? -1 : 1;
    return compareBy('userid', left, right) || compareBy('courseid', left, right);
  };

  /** Asked once: an index that is built later is used by the next process. A failure is not remembered. */
  private isIndexed(): Promise<boolean> {
    this.indexed ??= this.findIndex().catch((error: unknown) => {
      this.indexed = undefined;
      throw error;
    });
    return this.indexed;
  }

  private async findIndex(): Promise<boolean> {
    const indexed = await isIndexed(this.session, TABLE, 'batchid', { condition: 'batchid = ?', value: '' });
    if (!indexed) {
      const context = { table: TABLE, columns: 'batchid' };
      this.logger.warn('no usable index: enrolments are found by reading whole token ranges of the table', context);
    }
    return indexed;
  }
}

/** What no index was asked for is filtered here; what one was asked for, once more, which costs nothing. */
async function* matching(rows: AsyncIterable<Row>, { batchId, courseId }: WantedBatch): AsyncGenerator<Row> {
  for await (const row of rows) {
    if (row['batchid'] === batchId && (courseId === undefined || row['courseid'] === courseId)) yield row;
  }
}

function compareBy(column: string, left: Row, right: Row): number {
  return compareUtf8(left[column] as string, right[column] as string);
}
