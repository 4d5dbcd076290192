import { Injectable } from '@nestjs/common';
import {
  attemptKey,
  AttemptRows,
  type AttemptScore,
  compareVersions,
  type LearnerScores,
  recordScores,
  ScoreBook,
  scoreOfRow,
  type StoredAttempt,
  type WriteTimeUs,
  type WrittenAttempt,
} from '@scorekeep/core/domain-scoring';
import { shortDigest } from '@scorekeep/platform/util-digest';
import { attemptsContended, rowStaysDeleted, scoresNotMigrated } from '../archive-feature.errors';
import { ArchiveOptions } from '../archive-options';
import { SettleAttempts } from '../deletion/settle-attempts';

const MOST_ROUNDS = 5;
const FIRST_STEP_US = 3_600_000_000n;

export interface RestoredRows {
  readonly restoredRows: number;
  /** In the table already, in this or a greater version. */
  readonly liveRows: number;
  /** The attempt was answered again since: a greater version of it is live or in another week's archive. */
  readonly supersededRows: number;
}

/** A row that is to be in the table again. */
interface Return {
  readonly row: StoredAttempt;
  /** What `attempts` is to say of it, its `writeTimeUs` being that of the row. */
  readonly entry: AttemptScore;
}

/** Puts archived rows of one learner back, each 1 µs above whatever was written or deleted in its place. */
@Injectable()
export class RestoreLearner {
  constructor(
    private readonly book: ScoreBook,
    private readonly rows: AttemptRows,
    private readonly settle: SettleAttempts,
    private readonly options: ArchiveOptions,
  ) {}

  /**
   * `attempts` says of a row's new write time before the row is there: whoever writes a greater version then writes above.
   *
   * @param archived at least one row, all of one learner, course and batch
   * @throws ARCHIVE.ATTEMPTS_CONTENDED, ARCHIVE.SCORES_NOT_MIGRATED, ARCHIVE.ROW_STAYS_DELETED, CASSANDRA.*
   */
  async execute(archived: readonly [WrittenAttempt, ...WrittenAttempt[]]): Promise<RestoredRows> {
    const [learner] = archived;
    assertMigrated(await this.book.read(learner), archived);
    await this.settle.execute(
      learner,
      archived.map((row) => scoreOfRow(row, shortDigest)),
    );
    const scores = await this.book.read(learner);
    const live = await this.liveVersions(archived);
    const known = archived.filter((row) => !isSuperseded(row, scores));
    const missing = known.filter((row) => !isLive(row, live));
    const returns = missing.map((row) => returnOf(row, scores));
    await this.bringBack(returns);
    return {
      restoredRows: returns.length,
      liveRows: known.length - missing.length,
      supersededRows: archived.length - known.length,
    };
  }

  /**
   * A row whose tombstone nobody knows (the reference deleted with the wall clock) may stay hidden; it is written again
   * higher, in growing steps, but never ahead of the clock.
   */
  private async bringBack(returns: readonly Return[]): Promise<void> {
    const nowUs = BigInt(this.options.nowMs()) * 1000n;
    let hidden = returns;
    for (let stepUs = 0n; hidden.length > 0; stepUs = stepUs === 0n ? FIRST_STEP_US : stepUs * 2n) {
      const higher = hidden.map((each) => raised(each, stepUs, nowUs));
      if (stepUs > 0n && higher.every(({ entry }, index) => entry.writeTimeUs === hidden[index]?.entry.writeTimeUs)) {
        throw rowStaysDeleted();
      }
      await this.write(higher);
      hidden = await this.hiddenOf(higher);
    }
  }

  private async write(returns: readonly [] | readonly Return[]): Promise<void> {
    const [first] = returns;
    if (!first) return;
    await this.record(
      first.row,
      returns.map(({ entry }) => entry),
    );
    for (const { row, entry } of returns) await this.rows.write(row, entry.writeTimeUs);
  }

  private async record(learner: StoredAttempt, entries: readonly AttemptScore[]): Promise<void> {
    const writer = { book: this.book, nowMs: this.options.nowMs };
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const recorded = await recordScores(writer, learner, await this.book.read(learner), { entries });
      if (recorded.kind === 'recorded') return;
    }
    throw attemptsContended();
  }

  private async hiddenOf(returns: readonly Return[]): Promise<readonly Return[]> {
    const live = await this.liveVersions(returns.map(({ row }) => row));
    return returns.filter(({ row }) => !live.has(attemptKey(row)));
  }

  private async liveVersions(rows: readonly StoredAttempt[]): Promise<ReadonlyMap<string, AttemptScore>> {
    const [learner] = rows;
    if (!learner) return new Map();
    const found = await this.rows.find(learner, rows);
    return new Map(found.map((row) => [attemptKey(row), scoreOfRow(row, shortDigest)]));
  }
}

/**
 * An attempt that nobody has an entry of, where only the number of attempts is known, would be counted once too often.
 */
function assertMigrated({ attempts }: LearnerScores, rows: readonly WrittenAttempt[]): void {
  const guessed = new Set(
    [...attempts.values()].filter(({ placeholder }) => placeholder).map((each) => each.contentId),
  );
  if (rows.some((row) => guessed.has(row.contentId) && !attempts.has(attemptKey(row)))) throw scoresNotMigrated();
}

function isSuperseded(row: WrittenAttempt, { attempts }: LearnerScores): boolean {
  const kept = attempts.get(attemptKey(row));
  return kept !== undefined && compareVersions(kept.version, scoreOfRow(row, shortDigest).version) > 0;
}

function isLive(row: WrittenAttempt, live: ReadonlyMap<string, AttemptScore>): boolean {
  const there = live.get(attemptKey(row));
  return there !== undefined && compareVersions(there.version, scoreOfRow(row, shortDigest).version) >= 0;
}

function returnOf({ writeTimeUs, ...row }: WrittenAttempt, { attempts }: LearnerScores): Return {
  const kept = attempts.get(attemptKey(row));
  const entry = kept ?? scoreOfRow({ ...row, writeTimeUs }, shortDigest);
  const highestUs = entry.writeTimeUs > writeTimeUs ? entry.writeTimeUs : writeTimeUs;
  const createdOnMs = row.createdOnMs === null ? null : Math.min(row.createdOnMs, entry.createdOnMs);
  return { row: { ...row, createdOnMs }, entry: { ...entry, writeTimeUs: highestUs + 1n } };
}

function raised({ row, entry }: Return, stepUs: bigint, nowUs: WriteTimeUs): Return {
  const higherUs = entry.writeTimeUs + stepUs;
  const writeTimeUs = higherUs < nowUs || stepUs === 0n ? higherUs : nowUs;
  return { row, entry: { ...entry, writeTimeUs: writeTimeUs > entry.writeTimeUs ? writeTimeUs : entry.writeTimeUs } };
}
