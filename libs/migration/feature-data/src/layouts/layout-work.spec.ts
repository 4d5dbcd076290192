import { attemptKey, type WriteTimeUs } from '@scorekeep/core/domain-scoring';
import { aRow, InMemoryScoreBook, learner } from '@scorekeep/core/testing-core';
import {
  LayoutTables,
  type LayoutRowPair,
  LearnerScan,
  type LearnerRows,
  type ScoredLearner,
  type UnitCounts,
} from '@scorekeep/migration/domain-migration';
import { Pace } from '@scorekeep/platform/util-pace';
import { LayoutWork } from './layout-work';

/** Write times of rows in the table that is copied from and in the other one, by attempt id. */
class TwoTables extends LayoutTables {
  readonly source = new Map<string, WriteTimeUs>();
  readonly target = new Map<string, WriteTimeUs>();
  looks = 0;

  /** @param meanwhile what others write after each look */
  constructor(private readonly meanwhile: (tables: TwoTables) => void = () => undefined) {
    super();
  }

  override async *pairs(): AsyncGenerator<LayoutRowPair> {
    for (const [attemptId, sourceWriteTimeUs] of [...this.source]) {
      const copied = this.target.get(attemptId);
      yield {
        attempt: { ...learner, ...aRow({ attemptId }) },
        state: copied === undefined ? 'missing' : copied < sourceWriteTimeUs ? 'older' : 'same',
        sourceWriteTimeUs,
        totalsWriteTimeUs: sourceWriteTimeUs,
        copy: async () => this.copy(attemptId, sourceWriteTimeUs),
        remove: async () => undefined,
      };
    }
    this.looks += 1;
    this.meanwhile(this);
  }

  protected copy(attemptId: string, writeTimeUs: WriteTimeUs): void {
    this.target.set(attemptId, writeTimeUs);
  }

  override async prepare(): Promise<void> {
    return undefined;
  }

  override async totalsOf(): Promise<ReadonlyMap<string, WriteTimeUs>> {
    return new Map([...this.source].map(([attemptId, time]) => [attemptKey(aRow({ attemptId })), time]));
  }

  override async writeTotals(): Promise<void> {
    return undefined;
  }

  override async hasAnswersColumn(): Promise<boolean> {
    return true;
  }

  override async dropAnswersColumn(): Promise<void> {
    return undefined;
  }
}

/** A table in which a row never arrives. */
class LossyTables extends TwoTables {
  protected override copy(): void {
    return undefined;
  }
}

class NoLearners extends LearnerScan {
  override async *withRows(): AsyncGenerator<LearnerRows> {
    yield* [];
  }

  override async *scored(): AsyncGenerator<ScoredLearner> {
    yield* [];
  }
}

describe('LayoutWork: a range is copied', () => {
  const copy = async (tables: LayoutTables): Promise<UnitCounts | undefined> => {
    const [unit] = new LayoutWork({
      direction: 'raw',
      tables,
      scan: new NoLearners(),
      book: new InMemoryScoreBook(),
      pace: new Pace(undefined, () => 0),
      nowMs: () => 0,
      dry: false,
    }).rangeUnits(1);
    return unit?.work(new AbortController().signal);
  };

  it('until a look finds all the same', async () => {
    const tables = new TwoTables();
    tables.source.set('a', 1n).set('b', 1n);
    expect(await copy(tables)).toMatchObject({ copied: 2, same: 2 });
    expect(tables.looks).toBe(2);
  });

  it('a row that is written again meanwhile counts once', async () => {
    const tables = new TwoTables(({ source, looks }) => looks === 1 && source.set('a', 2n));
    tables.source.set('a', 1n).set('b', 1n);
    expect(await copy(tables)).toMatchObject({ copied: 2, same: 2 });
    expect(tables.target).toEqual(tables.source);
  });

  it('also while learners go on answering: what comes is left to the next run', async () => {
    const tables = new TwoTables(({ source, looks }) => source.set(`late ${looks}`, 1n).set('a', BigInt(looks + 1)));
    tables.source.set('a', 1n);
    expect(await copy(tables)).toMatchObject({ copied: 4 });
    expect(tables.looks).toBe(4);
  });

  it('a row that cannot be copied fails it', async () => {
    const tables = new LossyTables();
    tables.source.set('a', 1n);
    await expect(copy(tables)).rejects.toMatchObject({ code: 'MIGRATION.DIFFERENT' });
  });
});
