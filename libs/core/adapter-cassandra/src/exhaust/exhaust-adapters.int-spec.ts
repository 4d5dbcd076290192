import { randomBytes } from 'node:crypto';
import { CassandraSession, CassandraSettings } from '@scorekeep/platform/adapter-cassandra';
import { describeContentTitles, describeCourseBatches, describeEnrolments } from '@scorekeep/core/testing-core';
import { CassandraCourseBatches } from './cassandra-course-batches';
import { CassandraEnrolments } from './cassandra-enrolments';
import { HierarchyTitles } from './hierarchy-titles';

const keyspace = `test_exhaust_${randomBytes(4).toString('hex')}`;
const settings = new CassandraSettings();
settings.CASSANDRA_CONTACT_POINTS = process.env['CASSANDRA_CONTACT_POINTS'] ?? settings.CASSANDRA_CONTACT_POINTS;
const session = new CassandraSession(settings, { keyspace });

const insert = (table: string, row: Record<string, unknown>) => {
  const names = Object.keys(row);
  const cql = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
  return session.write({ cql, idempotent: true }, Object.values(row));
};

beforeAll(async () => {
  const admin = new CassandraSession(settings, { keyspace: null });
  await admin.connect();
  await admin.ddl(
    `CREATE KEYSPACE ${keyspace} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}`,
  );
  await admin.close();
  await session.connect();
  await session.ddl(
    'CREATE TABLE user_enrolments (userid text, courseid text, batchid text, active boolean, PRIMARY KEY (userid, courseid, batchid))',
  );
  await session.ddl(
    'CREATE TABLE course_batch (courseid text, batchid text, name text, status int, PRIMARY KEY (courseid, batchid))',
  );
  await session.ddl('CREATE TABLE content_hierarchy (identifier text PRIMARY KEY, hierarchy text)');
});

afterAll(async () => {
  await session.ddl(`DROP KEYSPACE ${keyspace}`);
  await session.close();
});

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

describeContentTitles('HierarchyTitles', async () => ({
  contents: new HierarchyTitles(session, keyspace),
  add: (courseId, collectionName, titles) => {
    const contents = Object.entries(titles).map(([identifier, name]) => ({ identifier, name }));
    const hierarchy = {
      identifier: courseId,
      name: collectionName,
      children: [{ identifier: 'u', children: contents }],
    };
    return insert('content_hierarchy', { identifier: courseId, hierarchy: JSON.stringify(hierarchy) });
  },
}));

describe('HierarchyTitles', () => {
  const contents = new HierarchyTitles(session, keyspace);

  it('has no names for a course whose hierarchy is empty', async () => {
    await insert('content_hierarchy', { identifier: 'empty', hierarchy: '' });
    await insert('content_hierarchy', { identifier: 'unset', hierarchy: undefined });
    expect((await contents.titlesOf('empty')).titles.size).toBe(0);
    expect((await contents.titlesOf('unset')).titles.size).toBe(0);
  });

  it('names the setting when the keyspace is not there', async () => {
    await expect(new HierarchyTitles(session, 'no_such_keyspace').titlesOf('do_1')).rejects.toMatchObject({
      code: 'CASSANDRA.MISCONFIGURED',
      message: expect.stringMatching(/no_such_keyspace.*CASSANDRA_HIERARCHY_KEYSPACE/) as unknown,
    });
  });

  it('says which course has a hierarchy that cannot be read', async () => {
    await insert('content_hierarchy', { identifier: 'do_broken', hierarchy: '{"name":' });
    await expect(contents.titlesOf('do_broken')).rejects.toMatchObject({
      code: 'EXHAUST.UNREADABLE_HIERARCHY',
      context: { courseId: 'do_broken' },
    });
  });
});
