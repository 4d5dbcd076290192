import { loadSettingsWithStore } from '@scorekeep/core/adapter-archive-store';
import { CassandraBatchAttempts, CassandraScoreBook } from '@scorekeep/core/adapter-cassandra';
import { currentManifests, type Manifest, rowKeyOrder, StorageArchiveReader } from '@scorekeep/core/domain-archive';
import { type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import {
  answerText,
  learnerText,
  type SampleMetrics,
  sampleAttempts,
  sampleMetrics,
  type SampleSubmission,
} from '@scorekeep/core/testing-core';
import { NodeByteStreams } from '@scorekeep/platform/adapter-byte-streams';
import { CassandraSession, CassandraSettings } from '@scorekeep/platform/adapter-cassandra';
import { createLogger } from '@scorekeep/platform/util-logging';
import { type DemoWorld, requireEqual } from '../../../demo/src';

/** The table and the archive of a world, beside what its learners submitted. */
export class ChaosTables {
  private constructor(
    private readonly world: DemoWorld,
    private readonly session: CassandraSession,
    private readonly attempts: CassandraBatchAttempts,
    private readonly reader: StorageArchiveReader,
  ) {}

  static async open(world: DemoWorld): Promise<ChaosTables> {
    const { settings, store } = await loadSettingsWithStore([CassandraSettings], world.environment);
    const session = new CassandraSession(settings.get(CassandraSettings));
    await session.connect();
    const logger = createLogger({ name: 'chaos', level: 'silent', destination: 'stderr' });
    const order = rowKeyOrder((userId, courseId) => session.tokenOf(userId, courseId));
    const place = { prefix: world.storagePrefix, order };
    const reader = new StorageArchiveReader(store.open(settings), new NodeByteStreams(), place);
    const attempts = new CassandraBatchAttempts(session, world.options.layout, logger);
    return new ChaosTables(world, session, attempts, reader);
  }

  async close(): Promise<void> {
    await this.session.close();
  }

  /**
   * Table and archive together hold each attempt as it was submitted last, and scores and counts are those of all.
   *
   * @throws Difference
   */
  async requireWhole(submitted: readonly SampleSubmission[]): Promise<void> {
    const expected = sampleAttempts(submitted, this.world.options.layout);
    const found = new Map<string, WrittenAttempt>();
    for (const batchId of new Set(submitted.map((each) => each.batchId))) {
      for (const row of [...(await this.archived(batchId)), ...(await this.live(batchId))]) {
        const known = found.get(row.attemptId);
        if (!known || known.writeTimeUs <= row.writeTimeUs) found.set(row.attemptId, row);
      }
    }
    requireEqual('attempts in table and archive', [...expected.keys()].sort(), [...found.keys()].sort());
    for (const [attemptId, { score, maxScore, lastAttemptedOnMs, answers, updatedOnMs }] of expected) {
      const row = found.get(attemptId);
      requireEqual(
        `attempt ${attemptId}`,
        { score, maxScore, lastAttemptedOnMs, answers },
        row && {
          ...{ score: row.totalScore, maxScore: row.totalMaxScore, lastAttemptedOnMs: row.lastAttemptedOnMs },
          answers: row.answers.map(answerText),
        },
      );
      requireEqual(`record time of attempt ${attemptId}`, true, updatedOnMs.has(row?.updatedOnMs ?? 0));
    }
    await this.requireScores(submitted, sampleMetrics(submitted, expected));
  }

  /**
   * Nothing of the complete weeks is in the table, and no version of an attempt is archived twice, but for objects that
   * were replaced and wait for their end.
   *
   * @param fromMs when the running week began, ms since epoch
   * @throws Difference
   */
  async requireSettled(batchIds: readonly string[], fromMs: number): Promise<void> {
    for (const batchId of batchIds) {
      const live = await this.live(batchId);
      const old = live.filter(({ updatedOnMs }) => (updatedOnMs ?? 0) < fromMs);
      requireEqual(`old rows of batch ${batchId} in the table`, 0, old.length);
      const archived = await this.archived(batchId, currentManifests);
      const versions = new Set(archived.map(({ attemptId, writeTimeUs }) => `${attemptId} ${writeTimeUs}`));
      requireEqual(`versions in the archive of batch ${batchId}`, versions.size, archived.length);
    }
  }

  private async requireScores(
    submitted: readonly SampleSubmission[],
    metrics: ReadonlyMap<string, SampleMetrics>,
  ): Promise<void> {
    const book = new CassandraScoreBook(this.session);
    for (const learner of new Map(submitted.map((each) => [learnerText(each), each])).values()) {
      const { aggregates } = await book.read(learner);
      requireEqual(
        `scores of ${learnerText(learner)}`,
        metrics.get(learnerText(learner)),
        Object.fromEntries(aggregates),
      );
    }
  }

  private async live(batchId: string): Promise<WrittenAttempt[]> {
    const rows: WrittenAttempt[] = [];
    for await (const row of this.attempts.rows({ batchId })) rows.push(row);
    return rows;
  }

  private async archived(
    batchId: string,
    ofThese: (manifests: readonly Manifest[]) => readonly Manifest[] = (manifests) => manifests,
  ): Promise<WrittenAttempt[]> {
    const rows: WrittenAttempt[] = [];
    for (const manifest of ofThese(await this.reader.manifests(batchId))) {
      for (const object of manifest.objects) {
        for await (const row of this.reader.writtenRows(manifest, object)) rows.push(row);
      }
    }
    return rows;
  }
}
