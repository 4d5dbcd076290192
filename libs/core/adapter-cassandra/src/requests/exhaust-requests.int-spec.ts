import { ArchiveKeyspace } from '../archive/archive-keyspace.fixture';
import {
  describeBatchOwnership,
  describeDownloadLog,
  describeOpenRequests,
  describeRequestLedger,
} from '@scorekeep/core/testing-core';
import { CassandraBatchOwnership } from './cassandra-batch-ownership';
import { CassandraDownloadLog } from './cassandra-download-log';
import { CassandraOpenRequests } from './cassandra-open-requests';
import { CassandraRequestLedger } from './cassandra-request-ledger';

let keyspace: ArchiveKeyspace;

beforeAll(async () => {
  keyspace = await ArchiveKeyspace.create(process.env['CASSANDRA_CONTACT_POINTS']);
});
afterAll(() => keyspace.drop());

describeRequestLedger('CassandraRequestLedger', async () => ({ ledger: new CassandraRequestLedger(keyspace.session) }));
describeOpenRequests('CassandraOpenRequests', async () => ({ open: new CassandraOpenRequests(keyspace.session) }));
describeDownloadLog('CassandraDownloadLog', async () => ({ log: new CassandraDownloadLog(keyspace.session) }));

const ownership = () => new CassandraBatchOwnership(keyspace.session, keyspace.session.keyspace);
const putBatch = (courseId: string, batchId: string, createdFor: readonly string[]) =>
  keyspace.session.write(
    { cql: 'INSERT INTO course_batch (courseid, batchid, createdfor) VALUES (?, ?, ?)', idempotent: true },
    [courseId, batchId, createdFor],
  );
const putHierarchy = (courseId: string, hierarchy: string) =>
  keyspace.session.write(
    { cql: 'INSERT INTO content_hierarchy (identifier, hierarchy) VALUES (?, ?)', idempotent: true },
    [courseId, hierarchy],
  );

describeBatchOwnership('CassandraBatchOwnership', async () => ({
  ownership: ownership(),
  add: ({ courseId, batchId }, ...organisations) => putBatch(courseId, batchId, organisations),
}));

describe('CassandraBatchOwnership', () => {
  it.each([
    { hierarchy: '{"identifier":"do_5","channel":"org-7","children":[]}', organisations: ['org-7'] },
    { hierarchy: '{"identifier":"do_5","channel":""}', organisations: ['org-1'] },
    { hierarchy: '{"identifier":"do_5"}', organisations: ['org-1'] },
    { hierarchy: 'null', organisations: ['org-1'] },
    { hierarchy: 'no JSON', organisations: ['org-1'] },
  ])("takes the collection's channel before the batch's organisations: $hierarchy", async (given) => {
    await putBatch('do_5', 'batch-1', ['org-1']);
    await putHierarchy('do_5', given.hierarchy);
    await expect(ownership().organisationsOf({ courseId: 'do_5', batchId: 'batch-1' })).resolves.toEqual(
      new Set(given.organisations),
    );
  });
});
