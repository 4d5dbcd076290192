import {
  describeActivityAggregates,
  describeBatchStates,
  describeConsumptionRows,
  describeContentConsumption,
  describeLearnerEnrolments,
} from '@scorekeep/core/testing-core';
import { ArchiveKeyspace } from '../archive/archive-keyspace.fixture';
import { CassandraActivityAggregates } from './cassandra-activity-aggregates';
import { CassandraBatchStates } from './cassandra-batch-states';
import { CassandraConsumptionRows } from './cassandra-consumption-rows';
import { CassandraContentConsumption } from './cassandra-content-consumption';
import { CassandraLearnerEnrolments } from './cassandra-learner-enrolments';

let keyspace: ArchiveKeyspace;

beforeAll(async () => {
  keyspace = await ArchiveKeyspace.create(process.env['CASSANDRA_CONTACT_POINTS']);
});

afterAll(() => keyspace.drop());

/** Leaves out what is null: a null would be refused. */
function insert(table: string, row: Record<string, unknown>): Promise<void> {
  const given = Object.entries(row).filter(([, value]) => value !== null && value !== undefined);
  const names = given.map(([name]) => name).join(', ');
  const cql = `INSERT INTO ${table} (${names}) VALUES (${given.map(() => '?').join(', ')})`;
  return keyspace.session.write(
    { cql, idempotent: true },
    given.map(([, value]) => value),
  );
}

const date = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));

describeConsumptionRows('CassandraConsumptionRows', () => new CassandraConsumptionRows(keyspace.session));

describeContentConsumption('CassandraContentConsumption', () => ({
  consumption: new CassandraContentConsumption(keyspace.session),
  put: ({ userId, courseId, batchId }, content) =>
    insert('user_content_consumption', {
      ...{ userid: userId, courseid: courseId, batchid: batchId, contentid: content.contentId },
      ...{ status: content.status, progress: content.progress },
      ...{ completedcount: content.completedCount, viewcount: content.viewCount },
      ...{ last_access_time: date(content.lastAccessMs), last_completed_time: date(content.lastCompletedMs) },
      ...{ completionpercentage: content.completionPercentage, progressdetails: content.progressDetails },
    }),
}));

describeBatchStates('CassandraBatchStates', () => ({
  states: new CassandraBatchStates(keyspace.session),
  add: ({ courseId, batchId }, status) =>
    insert('course_batch', { courseid: courseId, batchid: batchId, name: 'a batch', status }),
}));

describeLearnerEnrolments('CassandraLearnerEnrolments', () => ({
  enrolments: new CassandraLearnerEnrolments(keyspace.session),
  enrol: ({ userId, courseId, batchId }) =>
    insert('user_enrolments', { userid: userId, courseid: courseId, batchid: batchId, active: true }),
}));

let contexts = 0;

describeActivityAggregates('CassandraActivityAggregates', () => ({
  aggregates: new CassandraActivityAggregates(keyspace.session),
  add: ({ type, id }, userId, { legacy, aggregates, lastUpdatedMs }) => {
    contexts += 1;
    const dates = new Map([...lastUpdatedMs].map(([metric, ms]) => [metric, new Date(ms)]));
    return insert('user_activity_agg', {
      ...{ activity_type: type, activity_id: id, user_id: userId, context_id: `cb:batch-${contexts}` },
      ...{ agg: legacy, aggregates, agg_last_updated: dates },
    });
  },
}));

describe('dates of content rows', () => {
  const learner = { userId: 'twins', courseId: 'c', batchId: 'b' };
  const key = { userid: 'twins', courseid: 'c', batchid: 'b' };
  const text = '2020-11-24 07:34:28:089+0000';
  const textMs = Date.UTC(2020, 10, 24, 7, 34, 28, 89);

  it('are the text twins’ where the timestamp is missing, and the timestamps where both are', async () => {
    const twins = { lastaccesstime: text, lastcompletedtime: text };
    await insert('user_content_consumption', { ...key, ...twins, contentid: 'a', last_access_time: new Date(5) });
    await insert('user_content_consumption', { ...key, ...twins, contentid: 'b', last_completed_time: new Date(6) });
    const expected = [
      { contentId: 'a', lastAccessMs: 5, lastCompletedMs: textMs },
      { contentId: 'b', lastAccessMs: textMs, lastCompletedMs: 6 },
    ];
    expect(await new CassandraContentConsumption(keyspace.session).of(learner)).toMatchObject(expected);
    const rows = new CassandraConsumptionRows(keyspace.session);
    expect(await rows.find(learner, ['a', 'b'])).toMatchObject(expected);
  });
});
