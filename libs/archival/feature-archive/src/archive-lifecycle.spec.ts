import { attemptKey, type StoredAttempt, type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import {
  archivedOnMs,
  archiveOrder,
  aWrittenAttempt,
  InMemoryArchivalLedger,
  InMemoryBatchAttempts,
  InMemoryByteStreams,
  InMemoryScoreBook,
} from '@scorekeep/core/testing-core';
import { type PutOptions, type StoredObject } from '@scorekeep/platform/domain-storage';
import { InMemoryArchiveStorage } from '@scorekeep/platform/testing-platform';
import { AppError } from '@scorekeep/platform/util-errors';
import * as fc from 'fast-check';
import { archiveFeature, type TestOptions, testOptions } from './archive-feature.fixture';
import { TableRows } from './table-rows.fixture';

const weekMs = 7 * 24 * 3600 * 1000;
const run = { request: 'test' };
const down = (): AppError => new AppError('STORAGE.UNAVAILABLE', 'no answer', { retryable: true });

/** Fails from a number of puts on; every other failure comes after the object was stored, as a lost answer does. */
class FailingStorage extends InMemoryArchiveStorage {
  putsLeft = Infinity;

  override async put(key: string, body: AsyncIterable<Uint8Array>, options?: PutOptions): Promise<StoredObject> {
    this.putsLeft -= 1;
    if (this.putsLeft >= 0) return super.put(key, body, options);
    if (this.putsLeft % 2 === 0) await super.put(key, body, options);
    throw down();
  }
}

/** Fails from a number of deletes on; before the first one somebody may write. */
class FailingAttempts extends InMemoryBatchAttempts {
  deletesLeft = Infinity;
  interference: (() => Promise<void>) | undefined;

  override async delete(row: WrittenAttempt): Promise<void> {
    const interference = this.interference;
    this.interference = undefined;
    await interference?.();
    this.deletesLeft -= 1;
    if (this.deletesLeft < 0) throw down();
    return super.delete(row);
  }
}

/** Fails from a number of writes on. */
class FailingRows extends TableRows {
  writesLeft = Infinity;

  override async write(row: StoredAttempt, writeTimeUs: bigint): Promise<void> {
    this.writesLeft -= 1;
    if (this.writesLeft < 0) throw down();
    return super.write(row, writeTimeUs);
  }
}

interface Submission {
  readonly user: number;
  readonly attempt: number;
  readonly week: number;
}

type Step =
  | ({ readonly kind: 'submit' } & Submission)
  | { readonly kind: 'archive'; readonly puts: number }
  | { readonly kind: 'force'; readonly puts: number }
  | { readonly kind: 'restore'; readonly writes: number }
  /** Replaced objects go, when their time has come. */
  | { readonly kind: 'tidy' }
  | { readonly kind: 'verify' }
  | { readonly kind: 'delete'; readonly deletes: number; readonly meanwhile: Submission }
  /** A process that dies keeps its lease until it runs out. */
  | { readonly kind: 'die' }
  | { readonly kind: 'wait' };

const submission = { user: fc.nat(2), attempt: fc.nat(1), week: fc.nat(1) };
const someOf = <T extends object>(weight: number, model: { [key in keyof T]: fc.Arbitrary<T[key]> }) => ({
  weight,
  arbitrary: fc.record(model) as unknown as fc.Arbitrary<Step>,
});
const steps = fc.array(
  fc.oneof(
    someOf(4, { kind: fc.constant('submit'), ...submission }),
    someOf(3, { kind: fc.constant('archive'), puts: fc.constantFrom(Infinity, Infinity, 0, 1, 2, 3) }),
    someOf(1, { kind: fc.constant('force'), puts: fc.constantFrom(Infinity, Infinity, 0, 1, 2) }),
    someOf(1, { kind: fc.constant('restore'), writes: fc.constantFrom(Infinity, Infinity, 0, 1, 2) }),
    someOf(1, { kind: fc.constant('tidy') }),
    someOf(2, { kind: fc.constant('verify') }),
    someOf(3, {
      kind: fc.constant('delete'),
      deletes: fc.constantFrom(Infinity, Infinity, 0, 1, 2),
      meanwhile: fc.record(submission),
    }),
    someOf(1, { kind: fc.constant('die') }),
    someOf(1, { kind: fc.constant('wait') }),
  ),
  { minLength: 5, maxLength: 30 },
);

class Lifecycle {
  private nowMs = archivedOnMs + 10 * weekMs;
  private submitted = 0;
  private readonly storage = new FailingStorage();
  private readonly attempts = new FailingAttempts(archiveOrder);
  private readonly ledger = new InMemoryArchivalLedger();
  private readonly book = new InMemoryScoreBook();
  private readonly rows = new FailingRows(this.attempts);
  private readonly options: TestOptions = {
    ...testOptions(archiveOrder, () => (this.nowMs += 1)),
    deleteAfterMs: 0,
  };
  private readonly feature = archiveFeature(
    {
      ...{ storage: this.storage, attempts: this.attempts, ledger: this.ledger, book: this.book, rows: this.rows },
      ...{ streams: new InMemoryByteStreams(), order: archiveOrder },
    },
    this.options,
  );
  readonly accepted = new Map<string, WrittenAttempt>();

  private async verify(): Promise<void> {
    for await (const week of this.ledger.all()) await this.feature.verifyWeek.execute(week, run);
  }

  private async delete(step: Extract<Step, { kind: 'delete' }>): Promise<void> {
    this.attempts.deletesLeft = step.deletes;
    this.attempts.interference = () => this.submit(step.meanwhile);
    for await (const week of this.ledger.all()) await this.feature.deleteWeek.execute(week, run);
    this.attempts.deletesLeft = Infinity;
    this.attempts.interference = undefined;
  }

  async perform(step: Step): Promise<void> {
    switch (step.kind) {
      case 'submit':
        return this.submit(step);
      case 'archive':
        this.storage.putsLeft = step.puts;
        await this.archive(false);
        this.storage.putsLeft = Infinity;
        return;
      case 'force':
        this.storage.putsLeft = step.puts;
        await this.archive(true);
        this.storage.putsLeft = Infinity;
        return;
      case 'restore':
        return this.restore(step.writes);
      case 'tidy':
        return this.tidy();
      case 'verify':
        return this.verify();
      case 'delete':
        return this.delete(step);
      case 'die':
        return this.die();
      case 'wait':
        this.nowMs += 2 * this.options.leaseMs;
    }
  }

  async finish(): Promise<void> {
    for (let round = 0; round < 2; round += 1) {
      await this.perform({ kind: 'wait' });
      await this.archive(false, [{ batchId: 'batch-1' }]);
      await this.perform({ kind: 'verify' });
    }
    for await (const week of this.ledger.all()) await this.feature.deleteWeek.execute(week, run);
    await this.perform({ kind: 'tidy' });
  }

  async archived(): Promise<WrittenAttempt[]> {
    const found: WrittenAttempt[] = [];
    for (const manifest of await this.feature.reader.manifests('batch-1')) {
      for (const object of manifest.objects) {
        for await (const row of this.feature.reader.writtenRows(manifest, object)) found.push(row);
      }
    }
    return found;
  }

  async live(): Promise<WrittenAttempt[]> {
    const found: WrittenAttempt[] = [];
    for await (const row of this.attempts.rows({ batchId: 'batch-1' })) found.push(row);
    return found;
  }

  async states(): Promise<string[]> {
    const found: string[] = [];
    for await (const { archival, deletion } of this.ledger.all()) found.push(`${archival} ${deletion}`);
    return [...new Set(found)];
  }

  async kept(row: WrittenAttempt): Promise<bigint | undefined> {
    return (await this.book.read(row)).attempts.get(attemptKey(row))?.writeTimeUs;
  }

  private async die(): Promise<void> {
    for await (const record of this.ledger.all()) {
      const running = {
        ...record,
        archival: 'RUNNING' as const,
        owner: 'dead',
        leaseExpiresOnMs: this.nowMs + 1000,
      };
      if (record.archival !== 'SUCCESS' && record.archival !== 'RESTORED')
        await this.ledger.save({ ...running, version: record.version + 1 }, record.version);
    }
  }

  private async archive(force: boolean, batches?: readonly { batchId: string }[]): Promise<void> {
    const period = { beforeMs: archivedOnMs + 9 * weekMs };
    const plan = await this.feature.planArchive.execute({ period, force, ...(batches ? { batches } : {}) });
    for (const week of plan) {
      await this.feature.archiveWeek.execute(week, { ...run, force, named: batches !== undefined });
    }
  }

  private async restore(writes: number): Promise<void> {
    this.rows.writesLeft = writes;
    for await (const week of this.ledger.all()) await this.feature.restoreWeek.execute(week, run);
    this.rows.writesLeft = Infinity;
  }

  private async tidy(): Promise<void> {
    this.nowMs += 2 * this.options.replacedGraceMs;
    for await (const week of this.ledger.all()) await this.feature.removeReplaced.execute(week);
  }

  private async submit({ user, attempt, week }: Submission): Promise<void> {
    this.submitted += 1;
    const row = aWrittenAttempt(`learner-${user}`, {
      attemptId: `attempt-${attempt}`,
      updatedOnMs: archivedOnMs + week * weekMs,
      lastAttemptedOnMs: archivedOnMs + this.submitted,
      totalScore: this.submitted,
      writeTimeUs: BigInt(archivedOnMs + this.submitted) * 1000n,
    });
    this.attempts.insert(row);
    await this.rows.write(row, row.writeTimeUs);
    this.accepted.set(idOf(row), row);
  }
}

const isCutOffRestore = (step: Step): boolean => step.kind === 'restore' && step.writes < Infinity;

const idOf = ({ userId, attemptId }: WrittenAttempt): string => `${userId} ${attemptId}`;

/** Restored rows are what they were, but for the time at which they were written. */
const contentOf = ({ writeTimeUs: _, ...content }: WrittenAttempt): StoredAttempt => content;
const contents = (rows: ReadonlyMap<string, WrittenAttempt>): Map<string, StoredAttempt> =>
  new Map([...rows].map(([id, row]) => [id, contentOf(row)]));

describe('archive, verify, delete, restore', () => {
  it('lose nothing and archive nothing twice, whatever is written meanwhile, fails or is killed', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (performed) => {
        const lifecycle = new Lifecycle();
        for (const step of performed) {
          await lifecycle.perform(step);
          const union = new Map<string, WrittenAttempt>();
          const everywhere = [...(await lifecycle.archived()), ...(await lifecycle.live())];
          everywhere.sort((left, right) => Number(left.writeTimeUs - right.writeTimeUs));
          everywhere.forEach((row) => union.set(idOf(row), row));
          expect(contents(union)).toEqual(contents(lifecycle.accepted));
        }
        await lifecycle.finish();
        expect(await lifecycle.live()).toEqual([]);
        const archived = await lifecycle.archived();
        expect(new Set(archived.map((row) => `${idOf(row)} ${row.writeTimeUs}`)).size).toBe(archived.length);
        for (const row of lifecycle.accepted.values()) {
          const copies = archived.filter((each) => idOf(each) === idOf(row));
          const latest = copies.reduce((left, right) => (left.writeTimeUs > right.writeTimeUs ? left : right));
          expect(contentOf(latest)).toEqual(contentOf(row));
          const keptUs = await lifecycle.kept(row);
          // a restore that is cut off has kept the write time of a row that it did not bring back
          if (performed.some(isCutOffRestore)) expect(keptUs).toBeGreaterThanOrEqual(latest.writeTimeUs);
          else expect(keptUs).toBe(latest.writeTimeUs);
        }
        expect((await lifecycle.states()).filter((state) => state !== 'SUCCESS SUCCESS')).toEqual([]);
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});
