import { describeAttemptRows, describeScoreBook } from '@scorekeep/core/testing-core';
import { ArchiveKeyspace } from './archive/archive-keyspace.fixture';
import { CassandraAttemptRows } from './rows/cassandra-attempt-rows';
import { CassandraScoreBook } from './scores/cassandra-score-book';

let keyspace: ArchiveKeyspace;

beforeAll(async () => {
  keyspace = await ArchiveKeyspace.create(process.env['CASSANDRA_CONTACT_POINTS']);
});

afterAll(() => keyspace.drop());

describeScoreBook('CassandraScoreBook', () => new CassandraScoreBook(keyspace.session));
describeAttemptRows('CassandraAttemptRows', 'unified', () => new CassandraAttemptRows(keyspace.session, 'unified'));
describeAttemptRows('CassandraAttemptRows', 'split', () => new CassandraAttemptRows(keyspace.session, 'split'));
