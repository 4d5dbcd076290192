import { describeAttemptRows, describeContentConsumption, describeScoreBook } from '@scorekeep/core/testing-core';
import { type ConsumedContent } from '@scorekeep/core/domain-content-state';
import { type LearnerInBatch } from '@scorekeep/core/domain-scoring';
import { ArchiveKeyspace } from './archive/archive-keyspace.fixture';
import { CassandraContentConsumption } from './content-state/cassandra-content-consumption';
import { CassandraAttemptRows } from './rows/cassandra-attempt-rows';
import { CassandraScoreBook } from './scores/cassandra-score-book';

const INSERT_CONSUMED = {
  cql: 'INSERT INTO user_content_consumption (userid, courseid, batchid, contentid, status, progress, completedcount, viewcount, last_access_time, last_completed_time, completionpercentage, progressdetails) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  idempotent: true,
};

let keyspace: ArchiveKeyspace;

beforeAll(async () => {
  keyspace = await ArchiveKeyspace.create(process.env['CASSANDRA_CONTACT_POINTS']);
});

afterAll(() => keyspace.drop());

describeScoreBook('CassandraScoreBook', () => new CassandraScoreBook(keyspace.session));
describeAttemptRows('CassandraAttemptRows', 'unified', () => new CassandraAttemptRows(keyspace.session, 'unified'));
describeAttemptRows('CassandraAttemptRows', 'split', () => new CassandraAttemptRows(keyspace.session, 'split'));
describeContentConsumption('CassandraContentConsumption', () => ({
  consumption: new CassandraContentConsumption(keyspace.session),
  put: (learner, content) => keyspace.session.write(INSERT_CONSUMED, consumedValues(learner, content)),
}));

function consumedValues({ userId, courseId, batchId }: LearnerInBatch, content: ConsumedContent): unknown[] {
  const date = (ms: number | null): Date | undefined => (ms === null ? undefined : new Date(ms));
  return [
    ...[userId, courseId, batchId, content.contentId, content.status ?? undefined, content.progress ?? undefined],
    ...[content.completedCount ?? undefined, content.viewCount ?? undefined],
    ...[date(content.lastAccessMs), date(content.lastCompletedMs)],
    ...[content.completionPercentage ?? undefined, content.progressDetails ?? undefined],
  ];
}

describe('CassandraContentConsumption', () => {
  it('reads the text twin of a date where the timestamp is missing, and the timestamp where both are', async () => {
    const { session } = keyspace;
    const insert = (contentId: string, timestamp: Date | undefined): Promise<void> =>
      session.write(
        {
          cql: 'INSERT INTO user_content_consumption (userid, courseid, batchid, contentid, lastaccesstime, last_access_time) VALUES (?, ?, ?, ?, ?, ?)',
          idempotent: true,
        },
        ['twins', 'c', 'b', contentId, '2020-11-24 07:34:28:089+0000', timestamp],
      );
    await insert('both', new Date(5));
    await insert('text', undefined);
    const consumed = await new CassandraContentConsumption(session).of({
      userId: 'twins',
      courseId: 'c',
      batchId: 'b',
    });
    expect(consumed.map(({ lastAccessMs }) => lastAccessMs)).toEqual([5, Date.UTC(2020, 10, 24, 7, 34, 28, 89)]);
  });
});
