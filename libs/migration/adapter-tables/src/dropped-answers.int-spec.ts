import { CassandraAttemptRows } from '@scorekeep/core/adapter-cassandra';
import { anAnswer, aRow } from '@scorekeep/core/testing-core';
import { ringRanges } from '@scorekeep/migration/domain-migration';
import { CassandraLayoutTables } from './cassandra-layout-tables';
import { CassandraLearnerScan } from './cassandra-learner-scan';
import { TablesKeyspace } from './tables-keyspace.fixture';

const LEARNERS = 40;
const WRITERS = 8;
const AN_HOUR_MS = 3_600_000;

/** What an instance that still writes the unified layout has under way, and what was written ahead of the clock. */
describe('after the drop of the answers, rows that were written later are read like all others', () => {
  let keyspace: TablesKeyspace;
  let rows: CassandraAttemptRows;
  beforeEach(async () => {
    keyspace = await TablesKeyspace.create(process.env['CASSANDRA_CONTACT_POINTS']);
    rows = new CassandraAttemptRows(keyspace.session, 'unified');
  });
  afterEach(() => keyspace.drop());

  const write = (index: number, timeMs: number): Promise<void> => {
    const learner = { userId: `learner-${index}`, courseId: 'course', batchId: 'batch' };
    return rows.write({ ...aRow({ answers: [anAnswer()] }), ...learner }, BigInt(timeMs) * 1000n);
  };
  const dropAndRead = async (): Promise<number> => {
    const tables = new CassandraLayoutTables(keyspace.session);
    await tables.dropAnswersColumn();
    expect(await tables.hasAnswersColumn()).toBe(false);
    return read();
  };
  const read = async (): Promise<number> => {
    let found = 0;
    const scan = new CassandraLearnerScan(keyspace.session);
    for (const range of ringRanges(4)) for await (const learner of scan.withRows(range)) found += learner.rows.length;
    return found;
  };

  it('ahead of the clock', async () => {
    for (let index = 0; index < LEARNERS; index += 1) await write(index, Date.now() + AN_HOUR_MS);
    expect(await dropAndRead()).toBe(LEARNERS);
  });

  it('while it was dropped', async () => {
    let written = 0;
    // until the server refuses
    const writer = async (first: number): Promise<void> => {
      for (let index = first; ; index += WRITERS) {
        await write(index, Date.now());
        written += 1;
      }
    };
    const ended = Promise.allSettled(Array.from({ length: WRITERS }, (_, first) => writer(first)));
    while (written < LEARNERS) await new Promise((done) => setImmediate(done));
    await dropAndRead();
    await ended;
    expect(await read()).toBeGreaterThanOrEqual(written);
  });
});
