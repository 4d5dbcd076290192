import { type Answer, type PackedAnswers } from '@scorekeep/core/domain-scoring';
import { describeAttemptRows, describeScoreBook } from '@scorekeep/core/testing-core';
import { ArchiveKeyspace } from './archive/archive-keyspace.fixture';
import { CassandraAttemptRows } from './rows/cassandra-attempt-rows';
import { packQuestions } from './rows/questions.codec';
import { CassandraScoreBook } from './scores/cassandra-score-book';

let keyspace: ArchiveKeyspace;

beforeAll(async () => {
  keyspace = await ArchiveKeyspace.create(process.env['CASSANDRA_CONTACT_POINTS']);
});

afterAll(() => keyspace.drop());

describeScoreBook('CassandraScoreBook', () => new CassandraScoreBook(keyspace.session));
const pack = async (answers: readonly Answer[]): Promise<PackedAnswers> =>
  packQuestions(answers, await keyspace.session.fieldsOf('question'));

describeAttemptRows(
  'CassandraAttemptRows',
  'unified',
  () => new CassandraAttemptRows(keyspace.session, 'unified'),
  pack,
);
describeAttemptRows('CassandraAttemptRows', 'split', () => new CassandraAttemptRows(keyspace.session, 'split'), pack);
