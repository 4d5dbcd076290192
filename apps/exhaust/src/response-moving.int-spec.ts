import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isoWeekOf } from '@scorekeep/core/domain-archive';
import { csvLine, type ReportNames, responseColumns, responseRows } from '@scorekeep/core/domain-exhaust';
import { type StorageLayout, type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { aVersion, Random } from '@scorekeep/core/testing-core';
import { ExhaustSettings, responseFormat } from '@scorekeep/exhaust/feature-response';
import { ReportStage } from './report-stage.fixture';

jest.setTimeout(300_000);

const weekMs = 7 * 24 * 3600 * 1000;
const firstWeekMs = Date.UTC(2023, 0, 4);
const weeks = 4;
const format = responseFormat(new ExhaustSettings());
const noNames: ReportNames = { collectionName: '', batchName: '', titles: new Map() };

/** Attempts of one batch over some weeks. */
function attemptsOf(batchId: string, count: number): WrittenAttempt[] {
  return Array.from({ length: count }, (_, index) => {
    const updatedOnMs = firstWeekMs + (index % weeks) * weekMs + index;
    const times = { createdOnMs: updatedOnMs, updatedOnMs, lastAttemptedOnMs: updatedOnMs };
    const row = aVersion(`learner-${index % 97}`, 0, { batchId, attemptId: `attempt-${index}` });
    return { ...row, ...times, writeTimeUs: BigInt(updatedOnMs) * 1000n };
  });
}

describe.each<{ layout: StorageLayout; seed: number }>([
  { layout: 'unified', seed: 1 },
  { layout: 'split', seed: 2 },
])('exhaust response while the batch is archived and deleted, $layout layout, seed $seed', ({ layout, seed }) => {
  let stage: ReportStage;
  const random = new Random(seed);

  beforeAll(async () => (stage = await ReportStage.open(process.env, layout, 'local')));
  afterAll(() => stage.close());

  const archiveAndDelete = async (batchId: string, rows: readonly WrittenAttempt[]) => {
    const [first] = rows;
    if (!first) return;
    const week = isoWeekOf(first.updatedOnMs ?? 0);
    await stage.archive({ batchId, collectionId: first.courseId, week }, rows, 100_000);
    await stage.delete(rows);
  };

  it.each([1, 2])('has every row once, each time, round %d', async (round) => {
    const batchId = `moving-${round}`;
    const rows = attemptsOf(batchId, 400);
    await stage.insert(rows);
    const ofWeek = (week: number) => rows.filter((_, index) => index % weeks === week);
    const order = Array.from({ length: weeks }, (_, week) => week).sort(() => random.next() - 0.5);
    const before = random.between(0, 1);
    for (const week of order.slice(0, before)) await archiveAndDelete(batchId, ofWeek(week));
    const file = join(stage.folder, `${batchId}.csv`);
    const moving = (async () => {
      for (const week of order.slice(before)) await archiveAndDelete(batchId, ofWeek(week));
    })();
    const runs: string[] = [];
    let moved = false;
    void moving.then(() => (moved = true));
    // The first ones meet the batch in the middle of its move, the last one after it.
    for (let last = false; !last; ) {
      last = moved;
      const run = await stage.run(['response', '--batch', batchId, '--out', file, '--include-unenrolled', '--json']);
      expect(run).toMatchObject({ code: 0, stderr: expect.not.stringContaining('without a manifest') as unknown });
      runs.push(readFileSync(file, 'utf8'));
    }
    await moving;
    const sorted = [...rows].sort(stage.order).flatMap((row) => responseRows(row, noNames, format).map(csvLine));
    const model = [csvLine(responseColumns), ...sorted].join('');
    expect(runs.length).toBeGreaterThan(1);
    expect(runs.map((text) => text === model)).toEqual(runs.map(() => true));
  });
});
