import {
  anEnrolment,
  describeBatchEnrolments,
  describeBatchMetrics,
  describeCourseBatches,
  describeCourseHierarchies,
  describeEnrolments,
} from '@scorekeep/core/testing-core';
import { type Enrolment } from '@scorekeep/core/domain-exhaust';
import { type CassandraSession } from '@scorekeep/platform/adapter-cassandra';
import { ArchiveKeyspace } from '../archive/archive-keyspace.fixture';
import { CassandraBatchEnrolments } from './cassandra-batch-enrolments';
import { CassandraBatchMetrics } from './cassandra-batch-metrics';
import { CassandraCourseBatches } from './cassandra-course-batches';
import { CassandraCourseHierarchies } from './cassandra-course-hierarchies';
import { CassandraEnrolments } from './cassandra-enrolments';

jest.setTimeout(120_000);

let keyspace: ArchiveKeyspace;
let session: CassandraSession;
const warnings: string[] = [];
const logger = { warn: (message: string) => void warnings.push(message) };

const insert = (table: string, row: Record<string, unknown>) => {
  const names = Object.keys(row);
  const cql = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
  return session.write({ cql, idempotent: true }, Object.values(row));
};
const dateOf = (timeMs: number | null): Date | undefined => (timeMs === null ? undefined : new Date(timeMs));
const enrol = ({ userId, courseId, batchId, completedContents, ...enrolment }: Enrolment) =>
  insert('user_enrolments', {
    ...{ userid: userId, courseid: courseId, batchid: batchId, active: enrolment.active },
    enrolled_date: dateOf(enrolment.enrolledOnMs),
    completedon: dateOf(enrolment.completedOnMs),
    issued_certificates: enrolment.certificateIssued ? [new Map([['name', 'merit']])] : undefined,
    contentstatus:
      completedContents && new Map([...completedContents].map((id) => [id, 2]).concat([['begun', 1]]) as never),
  });
const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
};

beforeAll(async () => {
  keyspace = await ArchiveKeyspace.create(process.env['CASSANDRA_CONTACT_POINTS']);
  session = keyspace.session;
});
beforeEach(() => warnings.splice(0));
afterAll(() => keyspace.drop());

describeEnrolments('CassandraEnrolments', async () => ({
  enrolments: new CassandraEnrolments(session),
  enrol: ({ courseId, batchId }, userId, active) =>
    insert('user_enrolments', { userid: userId, courseid: courseId, batchid: batchId, active }),
}));

describeCourseBatches('CassandraCourseBatches', async () => ({
  batches: new CassandraCourseBatches(session),
  add: ({ courseId, batchId }, name) =>
    insert('course_batch', { courseid: courseId, batchid: batchId, name, status: 1 }),
}));

describeCourseHierarchies('CassandraCourseHierarchies', async () => ({
  hierarchies: new CassandraCourseHierarchies(session, session.keyspace),
  add: (courseId, tree) => insert('content_hierarchy', { identifier: courseId, hierarchy: tree }),
}));

describeBatchEnrolments('CassandraBatchEnrolments', async () => ({
  enrolments: new CassandraBatchEnrolments(session, logger),
  add: enrol,
}));

describeBatchMetrics('CassandraBatchMetrics', async () => ({
  metrics: new CassandraBatchMetrics(session),
  add: ({ courseId, batchId }, userId, { legacy, aggregates }) =>
    insert('user_activity_agg', {
      ...{ activity_type: 'Course', activity_id: courseId, user_id: userId, context_id: `cb:${batchId}` },
      agg: legacy && new Map(Object.entries(legacy)),
      aggregates: aggregates && new Map(Object.entries(aggregates)),
    }),
}));

describe('CassandraCourseHierarchies', () => {
  it('knows nothing of a course whose tree is not set', async () => {
    await insert('content_hierarchy', { identifier: 'unset', hierarchy: undefined });
    const hierarchies = new CassandraCourseHierarchies(session, session.keyspace);
    expect(await hierarchies.hierarchyOf('unset')).toBeUndefined();
  });

  it('names the setting when the keyspace is not there', async () => {
    const hierarchies = new CassandraCourseHierarchies(session, 'no_such_keyspace');
    await expect(hierarchies.hierarchyOf('do_1')).rejects.toMatchObject({
      code: 'CASSANDRA.MISCONFIGURED',
      message: expect.stringMatching(/no_such_keyspace.*CASSANDRA_HIERARCHY_KEYSPACE/) as unknown,
    });
  });
});

describe('CassandraBatchEnrolments', () => {
  const enrolments = () => new CassandraBatchEnrolments(session, logger);

  it.each<{ name: string; row: Record<string, unknown>; found: Partial<Enrolment> }>([
    {
      name: 'the text where there is no timestamp',
      row: text('2019-11-13 05:41:50:382+0530'),
      found: on('2019-11-13T00:11:50.382Z'),
    },
    { name: 'a text that begins with a day', row: text('2019-11-13T05:41'), found: on('2019-11-13T00:00:00Z') },
    { name: 'a text that is no date', row: text('yesterday'), found: { enrolledOnMs: null } },
    {
      name: 'the timestamp, which wins',
      row: { ...text('2019-11-13'), enrolled_date: new Date(5) },
      found: { enrolledOnMs: 5 },
    },
    {
      name: 'a certificate of the old kind',
      row: { certificates: [new Map([['id', '1']])] },
      found: { certificateIssued: true },
    },
    {
      name: 'no certificates',
      row: { certificates: [], issued_certificates: [] },
      found: { certificateIssued: false },
    },
    { name: 'completed, without a date', row: { status: 2 }, found: { completed: true, completedOnMs: null } },
    {
      name: 'a date of completion',
      row: { status: 1, completedon: new Date(7) },
      found: { completed: true, completedOnMs: 7 },
    },
    { name: 'not completed', row: { status: 1 }, found: { completed: false } },
    { name: 'whether it is active not said', row: { active: undefined }, found: { active: false } },
  ])('reads $name', async ({ name, row, found }) => {
    await insert('user_enrolments', { userid: 'learner', courseid: 'course', batchid: name, ...row });
    expect(await collect(enrolments().enrolmentsOf({ batchId: name }))).toEqual([expect.objectContaining(found)]);
  });

  it('gives a large batch in the order of tokens, over many pages, also from a table without an index', async () => {
    const learners = Array.from({ length: 2500 }, (_, index) => anEnrolment({ userId: `l${index}`, batchId: 'large' }));
    for (let start = 0; start < learners.length; start += 250) {
      await Promise.all(learners.slice(start, start + 250).map(enrol));
    }
    const inOrder = learners
      .map(({ userId }) => ({ userId, token: session.tokenOf(userId) }))
      .sort((left, right) => (left.token < right.token ? -1 : 1))
      .map(({ userId }) => userId);
    const idsOf = async () =>
      (await collect(enrolments().enrolmentsOf({ batchId: 'large' }))).map(({ userId }) => userId);
    expect(await idsOf()).toEqual(inOrder);
    expect(warnings).toEqual([]);
    await session.ddl('DROP INDEX user_enrolments_batchid_sai');
    expect(await idsOf()).toEqual(inOrder);
    expect(warnings).toEqual([expect.stringContaining('no usable index')]);
  });
});

function text(enrolleddate: string): Record<string, unknown> {
  return { enrolleddate };
}

function on(time: string): Partial<Enrolment> {
  return { enrolledOnMs: Date.parse(time) };
}
