import {
  type BatchAttempts,
  type BatchRowsFilter,
  type RowKeyOrder,
  type RowSummary,
} from '@scorekeep/core/domain-archive';
import { type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { randomUUID } from 'node:crypto';
import { anAnswer } from '../scoring/attempts.builder';

/** What a suite is run against. */
export interface BatchAttemptsFixture {
  readonly attempts: BatchAttempts;
  /** Writes rows at their write times, as ingest does: last write wins. */
  readonly insert: (rows: readonly WrittenAttempt[]) => Promise<void>;
  /** The order that `attempts` promises. */
  readonly order: RowKeyOrder;
  /** Called after the last test. */
  readonly close?: () => Promise<void>;
}

const noonMs = Date.parse('2021-02-03T12:00:00.000Z');
const writeTimeUs = 1_612_353_600_000_123n;

/** A batch that nobody else uses, and rows of it. */
class TestBatch {
  readonly batchId = `batch-${randomUUID()}`;

  row(userId: string, given: Partial<WrittenAttempt> = {}): WrittenAttempt {
    return {
      userId,
      courseId: 'do_course',
      batchId: this.batchId,
      contentId: 'do_content',
      attemptId: 'attempt',
      createdOnMs: noonMs - 1,
      updatedOnMs: noonMs,
      lastAttemptedOnMs: noonMs - 60_000,
      grandTotal: '5.0/10.0',
      totalScore: 5,
      totalMaxScore: 10,
      answers: [anAnswer({ score: 5, maxScore: 10 })],
      writeTimeUs,
      ...given,
    };
  }
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** What every BatchAttempts does. Rows are of batches of their own, so the table may hold others. */
export function describeBatchAttempts(name: string, create: () => Promise<BatchAttemptsFixture>): void {
  describe(`${name} keeps the contract of BatchAttempts:`, () => {
    let fixture: BatchAttemptsFixture;

    beforeAll(async () => {
      fixture = await create();
    });
    afterAll(async () => fixture.close?.());

    const insert = (...rows: WrittenAttempt[]): Promise<void> => fixture.insert(rows);
    const rowsOf = (batch: TestBatch, filter: Partial<BatchRowsFilter> = {}): Promise<WrittenAttempt[]> =>
      all(fixture.attempts.rows({ batchId: batch.batchId, ...filter }));
    const namesOf = async (batch: TestBatch, filter: Partial<BatchRowsFilter> = {}): Promise<string[]> =>
      (await rowsOf(batch, filter)).map(({ userId }) => userId).sort();
    const summariesOf = async (batch: TestBatch, updatedBeforeMs = noonMs + 1): Promise<RowSummary[]> =>
      all(fixture.attempts.summaries({ batchId: batch.batchId, updatedBeforeMs }));

    describe('rows', () => {
      it('come with every field, answers and exact write time', async () => {
        const batch = new TestBatch();
        const full = batch.row('full', {
          answers: [
            anAnswer({ questionId: 'q1', score: 0.33, durationSeconds: 2.5, description: 'é😀"\n', title: '' }),
            anAnswer({
              questionId: 'q2',
              type: null,
              title: null,
              params: [
                new Map(),
                new Map([
                  ['1', ''],
                  ['2', 'b'],
                ]),
              ],
            }),
            anAnswer({ questionId: 'q3', resvalues: [], params: [], score: -1 }),
          ],
        });
        const sparse = batch.row('sparse', {
          createdOnMs: null,
          updatedOnMs: null,
          lastAttemptedOnMs: null,
          grandTotal: null,
          totalScore: null,
          writeTimeUs: writeTimeUs + 1n,
        });
        const unanswered = batch.row('unanswered', { answers: [] });
        await insert(full, sparse, unanswered);
        expect(await rowsOf(batch)).toEqual([full, sparse, unanswered].sort(fixture.order));
      });

      it('come each once and in order, however many', async () => {
        const batch = new TestBatch();
        const ids = ['a', 'b', 'é', '\uffff', '😀', 'a/b', '10', '9'];
        const rows = Array.from({ length: 30 }, (_, learner) => `learner-${learner}`).flatMap((userId) =>
          ids
            .slice(0, 4)
            .flatMap((contentId, at) => [
              batch.row(userId, { contentId, attemptId: ids[at] ?? 'a' }),
              batch.row(userId, { contentId, attemptId: ids[at + 4] ?? 'b' }),
            ]),
        );
        await insert(...rows);
        const found = await rowsOf(batch);
        expect(found.map(keyOf)).toEqual(rows.sort(fixture.order).map(keyOf));
      });

      it('of one batch only, and of one collection when it is named', async () => {
        const [batch, other] = [new TestBatch(), new TestBatch()];
        await insert(batch.row('one'), batch.row('two', { courseId: 'do_other' }), other.row('three'));
        expect(await namesOf(batch)).toEqual(['one', 'two']);
        expect(await namesOf(batch, { collectionId: 'do_other' })).toEqual(['two']);
        expect(await namesOf(batch, { collectionId: 'do_none' })).toEqual([]);
        expect(await rowsOf(new TestBatch())).toEqual([]);
      });

      it('updated from one time, inclusive, before another, exclusive', async () => {
        const batch = new TestBatch();
        const rows = [-1, 0, 1].map((shift) => batch.row(`at ${shift}`, { updatedOnMs: noonMs + shift }));
        await insert(...rows, batch.row('never', { updatedOnMs: null }));
        expect(await namesOf(batch)).toEqual(['at -1', 'at 0', 'at 1', 'never']);
        expect(await namesOf(batch, { updatedFromMs: noonMs })).toEqual(['at 0', 'at 1']);
        expect(await namesOf(batch, { updatedBeforeMs: noonMs })).toEqual(['at -1']);
        expect(await namesOf(batch, { updatedFromMs: noonMs, updatedBeforeMs: noonMs + 1 })).toEqual(['at 0']);
        expect(await namesOf(batch, { updatedFromMs: noonMs, updatedBeforeMs: noonMs })).toEqual([]);
      });

      it('are what was written last', async () => {
        const batch = new TestBatch();
        const later = batch.row('one', {
          totalScore: 9,
          answers: [anAnswer({ score: 9 })],
          writeTimeUs: writeTimeUs + 1n,
        });
        await insert(batch.row('one'));
        await insert(later);
        await insert(batch.row('one', { totalScore: 1, writeTimeUs: writeTimeUs - 1n }));
        expect(await rowsOf(batch)).toEqual([later]);
      });

      it('may be left unread', async () => {
        const batch = new TestBatch();
        await insert(batch.row('one'), batch.row('two'), batch.row('three'));
        for await (const row of fixture.attempts.rows({ batchId: batch.batchId })) if (row.batchId) break;
        expect(await rowsOf(batch)).toHaveLength(3);
      });
    });

    describe('summaries', () => {
      it('are of every row of a batch that was updated before a time', async () => {
        const batch = new TestBatch();
        await insert(
          batch.row('before', { updatedOnMs: noonMs - 1, courseId: 'do_other', writeTimeUs: 7n }),
          batch.row('at that time'),
          batch.row('never', { updatedOnMs: null }),
        );
        const before = { batchId: batch.batchId, collectionId: 'do_other', updatedOnMs: noonMs - 1, writeTimeUs: 7n };
        const at = { batchId: batch.batchId, collectionId: 'do_course', updatedOnMs: noonMs, writeTimeUs };
        expect(await summariesOf(batch, noonMs)).toEqual([before]);
        const both = await summariesOf(batch, noonMs + 1);
        expect(both).toHaveLength(2);
        expect(both).toEqual(expect.arrayContaining([before, at]));
        expect(await summariesOf(new TestBatch())).toEqual([]);
      });

      it('are of all batches when none is named', async () => {
        const [batch, other] = [new TestBatch(), new TestBatch()];
        await insert(batch.row('one'), batch.row('two'), other.row('one'));
        const own = [batch.batchId, batch.batchId, other.batchId].sort();
        const found = await all(fixture.attempts.summaries({ updatedBeforeMs: noonMs + 1 }));
        expect(
          found
            .map(({ batchId }) => batchId)
            .filter((id) => own.includes(id))
            .sort(),
        ).toEqual(own);
      });

      it('give the write time of what was written last, also when that is no row any more', async () => {
        const batch = new TestBatch();
        await insert(batch.row('one'));
        await insert(batch.row('one', { writeTimeUs: writeTimeUs + 5n }));
        expect((await summariesOf(batch)).map((summary) => summary.writeTimeUs)).toEqual([writeTimeUs + 5n]);
        await fixture.attempts.delete(batch.row('one', { writeTimeUs: writeTimeUs + 5n }));
        expect(await summariesOf(batch)).toEqual([]);
      });
    });

    describe('delete', () => {
      it('removes one row, and may be repeated', async () => {
        const batch = new TestBatch();
        const gone = batch.row('one', { attemptId: 'gone' });
        await insert(gone, batch.row('one'), batch.row('two', { attemptId: 'gone' }));
        await fixture.attempts.delete(gone);
        await fixture.attempts.delete(gone);
        expect((await rowsOf(batch)).map(keyOf).sort()).toEqual(['one do_content attempt', 'two do_content gone']);
      });

      it('leaves what was written later than it says', async () => {
        const batch = new TestBatch();
        const row = batch.row('one');
        await insert(row);
        await fixture.attempts.delete({ ...row, writeTimeUs: writeTimeUs - 1n });
        expect(await rowsOf(batch)).toEqual([row]);
      });

      it('hides what is written up to its time, and nothing later', async () => {
        const batch = new TestBatch();
        const row = batch.row('one');
        await fixture.attempts.delete(row);
        await insert(batch.row('one', { writeTimeUs: writeTimeUs - 1n }));
        await insert(row);
        expect(await rowsOf(batch)).toEqual([]);
        const later = batch.row('one', { writeTimeUs: writeTimeUs + 1n });
        await insert(later);
        expect(await rowsOf(batch)).toEqual([later]);
      });

      it('does not go back in time', async () => {
        const batch = new TestBatch();
        await fixture.attempts.delete(batch.row('one', { writeTimeUs: writeTimeUs + 10n }));
        await fixture.attempts.delete(batch.row('one'));
        await insert(batch.row('one', { writeTimeUs: writeTimeUs + 5n }));
        expect(await rowsOf(batch)).toEqual([]);
      });
    });
  });
}

function keyOf({ userId, contentId, attemptId }: WrittenAttempt): string {
  return `${userId} ${contentId} ${attemptId}`;
}
