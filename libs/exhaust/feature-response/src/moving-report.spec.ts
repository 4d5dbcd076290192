import { type ReportOrder } from '@scorekeep/core/domain-exhaust';
import { type StoredAttempt, type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { aVersion } from '@scorekeep/core/testing-core';
import fc from 'fast-check';
import { weekOf } from './archival-record.fixture';
import { batchId, ResponseStage } from './response-stage.fixture';

describe('a report whose batch is archived meanwhile', () => {
  let stage: ResponseStage;
  beforeEach(() => (stage = new ResponseStage()));

  const produce = (order?: Partial<ReportOrder>) => stage.produce(order);
  const rowsOfFile = () => stage.rowsOfFile();
  const rowsOf = (...attempts: StoredAttempt[]) => stage.rowsOf(...attempts);

  it('starts again when rows are archived and deleted in the middle of the scan', async () => {
    const rows = ['a', 'b', 'c', 'd', 'e'].map((userId) => aVersion(userId)).sort(stage.order);
    rows.forEach((row) => stage.table.insert(row));
    let moved = false;
    stage.table.beforeRow = async (position) => {
      if (position !== 1 || moved) return;
      moved = true;
      await stage.move(rows.slice(2), 40);
    };
    const report = await produce();
    expect(report).toMatchObject({ restarts: 1, attempts: 5, rowsFromTable: 2, rowsFromArchive: 3 });
    expect(rowsOfFile()).toEqual(rowsOf(...rows));
    expect(stage.changes).toEqual(['batch-1_do_course/2023-40-1.manifest.json appeared']);
  });

  it('starts again when an object gives way to a newer one before it is read', async () => {
    const rows = ['a', 'b'].map((userId) => aVersion(userId));
    const old = stage.archive.publish(weekOf(40), rows);
    const manifestsBefore = stage.archive.manifests.bind(stage.archive);
    let replaced = false;
    stage.archive.manifests = async (...asked) => {
      const found = await manifestsBefore(...asked);
      if (!replaced) {
        replaced = true;
        stage.archive.publish(weekOf(40), rows, 2);
        stage.archive.withdraw(old);
      }
      return found;
    };
    expect(await produce()).toMatchObject({ restarts: 1, attempts: 2 });
    expect(stage.changes[0]).toContain('vanished');
    expect(rowsOfFile()).toEqual(rowsOf(...rows));
  });

  it('gives up, and says why, when the archive changes every time', async () => {
    stage.table.insert(aVersion('a'));
    let isoWeek = 1;
    stage.table.beforeRow = async () => {
      isoWeek += 1;
      stage.archive.publish(weekOf(isoWeek), [aVersion(`in ${isoWeek}`)]);
    };
    await expect(produce()).rejects.toMatchObject({
      code: 'EXHAUST.ARCHIVE_MOVED',
      message: expect.stringContaining('appeared') as unknown,
      retryable: true,
      context: { batchId, restarts: 5 },
    });
    expect(stage.sink.reports.size).toBe(0);
  });

  it('equals the model, whatever is archived and deleted meanwhile', async () => {
    const plan = fc.record({
      attempts: fc.uniqueArray(fc.tuple(fc.nat(12), fc.nat(3)), { maxLength: 25, selector: (each) => each.join() }),
      archivedBefore: fc.array(fc.nat(24), { maxLength: 20 }),
      moves: fc.array(fc.record({ position: fc.nat(26), rows: fc.array(fc.nat(24), { maxLength: 8 }) }), {
        maxLength: 4,
      }),
    });
    await fc.assert(
      fc.asyncProperty(plan, async ({ attempts, archivedBefore, moves }) => {
        stage = new ResponseStage();
        const all = attempts.map(([user, version]) => aVersion(`learner ${user}`, version));
        const pick = (indexes: number[]) => indexes.flatMap((index) => all[index] ?? []);
        all.forEach((row) => stage.table.insert(row));
        stage.archive.publish(weekOf(1), pick(archivedBefore));
        // A version that was never archived and was overwritten in the table is gone; the table keeps the greatest.
        const waiting = moves.map((each, index) => ({ ...each, isoWeek: index + 2 }));
        stage.table.beforeRow = async (position) => {
          for (const due of waiting.filter((each) => each.position === position)) {
            waiting.splice(waiting.indexOf(due), 1);
            await stage.move(pick(due.rows), due.isoWeek);
          }
        };
        await produce();
        const greatest = new Map<string, WrittenAttempt>();
        for (const row of all) {
          const known = greatest.get(row.userId);
          if (!known || known.writeTimeUs < row.writeTimeUs) greatest.set(row.userId, row);
        }
        expect(rowsOfFile()).toEqual(rowsOf(...greatest.values()));
      }),
      { numRuns: 60 },
    );
  });
});
