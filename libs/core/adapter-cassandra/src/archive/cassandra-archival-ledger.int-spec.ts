import { type ArchivalRecord } from '@scorekeep/core/domain-archive';
import { describeArchivalLedger } from '@scorekeep/core/testing-core';
import { ArchiveKeyspace } from './archive-keyspace.fixture';
import { CassandraArchivalLedger } from './cassandra-archival-ledger';

jest.setTimeout(120_000);

let keyspace: ArchiveKeyspace;

beforeAll(async () => {
  keyspace = await ArchiveKeyspace.create(process.env['CASSANDRA_CONTACT_POINTS']);
});
afterAll(async () => keyspace.drop());

describeArchivalLedger('CassandraArchivalLedger', async () => ({
  ledger: new CassandraArchivalLedger(keyspace.session),
}));

const record = (batchId: string, given: Partial<ArchivalRecord> = {}): ArchivalRecord => ({
  batchId,
  collectionId: 'do_course',
  week: { isoYear: 2021, isoWeek: 53 },
  requestId: 'a hash',
  job: 'assessment-archival',
  archival: 'RUNNING',
  deletion: 'PENDING',
  iteration: 1,
  deletedThroughIteration: 0,
  startedOnMs: 1_700_000_000_001,
  completedOnMs: null,
  verifiedOnMs: null,
  deletedOnMs: null,
  objectKeys: [],
  rows: 0,
  bytes: 0,
  request: 'archive --period all',
  error: null,
  owner: 'host/1/abc',
  leaseExpiresOnMs: 1_700_000_020_001,
  version: 1,
  ...given,
});

describe('CassandraArchivalLedger', () => {
  it('empties cells again, and keeps sums beyond 2^31', async () => {
    const ledger = new CassandraArchivalLedger(keyspace.session);
    const taken = record('emptied', { error: 'was there', objectKeys: ['a', 'b'] });
    expect(await ledger.save(taken, 0)).toBe('saved');
    const given = { owner: null, leaseExpiresOnMs: null, error: null, completedOnMs: 5, bytes: 2 ** 40, rows: 2 ** 33 };
    const released = { ...taken, ...given, archival: 'SUCCESS' as const, version: 2 };
    expect(await ledger.save(released, 1)).toBe('saved');
    expect(await ledger.find(taken)).toEqual(released);
  });

  it('gives the records of more batches than it asks for at once', async () => {
    const ledger = new CassandraArchivalLedger(keyspace.session);
    const ids = Array.from({ length: 40 }, (_, index) => `many-${index}`);
    for (const id of ids) await ledger.save(record(id), 0);
    const found = new Set<string>();
    for await (const { batchId } of ledger.all()) found.add(batchId);
    expect([...found]).toEqual(expect.arrayContaining(ids));
  });

  it('lets one of many that save at once succeed', async () => {
    const ledger = new CassandraArchivalLedger(keyspace.session);
    const tries = Array.from({ length: 8 }, (_, index) => record('contended', { owner: `owner ${index}` }));
    // A contended transaction may time out; what counts is that one alone was applied.
    const results = await Promise.all(tries.map((each) => ledger.save(each, 0).catch(() => 'unknown')));
    const stored = await ledger.find(record('contended'));
    expect(results.filter((result) => result === 'saved').length).toBeLessThanOrEqual(1);
    expect(tries).toContainEqual(stored);
  });
});
