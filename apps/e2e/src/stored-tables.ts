import { Client, type types } from 'cassandra-driver';
import { type Answer, type StorageLayout, withoutCopies } from '@scorekeep/core/domain-scoring';
import {
  answerText,
  learnerText,
  type SampleAttempt,
  sampleAttempts,
  sampleMetrics,
  type SampleSubmission,
} from '@scorekeep/core/testing-core';
import { type DemoWorld } from '../../../tools/demo/src';

interface StoredQuestion {
  readonly id: string;
  readonly assess_ts: Date;
  readonly score: number;
  readonly max_score: number;
}

/** How exact the tables must be. */
export interface Exactness {
  /**
   * Several processes may have written one attempt at once: then a list may lie there twice, which readers see once, and
   * a row's `created_on` may be that of another of its records (ADR 3). Scores, entries and answers are exact all the same.
   */
  readonly writers: 'one' | 'several';
}

/** Compares the tables with the model of what was sent. */
export async function expectTables(
  world: DemoWorld,
  submissions: readonly SampleSubmission[],
  { writers }: Exactness = { writers: 'one' },
): Promise<void> {
  const tables = new StoredTables(world);
  try {
    const expected = sampleAttempts(submissions, world.options.layout);
    const rows = await tables.attempts();
    expect([...rows.keys()].sort()).toEqual([...expected.keys()].sort());
    for (const [attemptId, attempt] of expected) {
      const { score, maxScore, answers, lastAttemptedOnMs, recordsMs, createdOnMs } = attempt;
      const row = rows.get(attemptId);
      expect({ attemptId, ...row }).toMatchObject({ attemptId, score, maxScore, answers, lastAttemptedOnMs });
      expect(attempt.updatedOnMs).toContain(row?.updatedOnMs);
      expect(writers === 'one' ? [createdOnMs] : [...recordsMs]).toContain(row?.createdOnMs);
      if (writers === 'one') expect(row?.elements).toBe(answers.length);
    }
    const learners = await tables.learners();
    expect(learners.metrics).toEqual(sampleMetrics(submissions, expected));
    expect(learners.entries).toEqual(entriesOf(expected));
    if (world.options.layout === 'split') expect(await tables.totals()).toEqual(scoresOf(expected));
  } finally {
    await tables.close();
  }
}

/** The tables of a world, with the list of questions as every reader reads it. */
class StoredTables {
  private readonly client: Client;
  private readonly layout: StorageLayout;

  constructor({ environment, keyspace, options }: DemoWorld) {
    const contactPoints = [environment['CASSANDRA_CONTACT_POINTS'] ?? ''];
    this.client = new Client({ contactPoints, localDataCenter: 'datacenter1', keyspace });
    this.layout = options.layout;
  }

  async close(): Promise<void> {
    await this.client.shutdown();
  }

  /** By attempt id. */
  async attempts() {
    const table = this.layout === 'unified' ? 'assessment_aggregator' : 'assessment_raw';
    const rows = await this.all(
      `SELECT attempt_id, total_score, total_max_score, created_on, updated_on, last_attempted_on, question, question_count FROM ${table}`,
    );
    return new Map(
      rows.map((row) => [
        row['attempt_id'] as string,
        {
          score: row['total_score'] as number,
          maxScore: row['total_max_score'] as number,
          answers: readAnswers(row),
          elements: (row['question'] as unknown[]).length,
          createdOnMs: (row['created_on'] as Date).getTime(),
          updatedOnMs: (row['updated_on'] as Date).getTime(),
          lastAttemptedOnMs: (row['last_attempted_on'] as Date).getTime(),
        },
      ]),
    );
  }

  /** Of the split layout's table without answers, by attempt id. */
  async totals() {
    const rows = await this.all('SELECT attempt_id, total_score, total_max_score FROM assessment_aggregator');
    return new Map(rows.map((row) => [row['attempt_id'] as string, scoreOf(row)]));
  }

  async learners() {
    const rows = await this.all('SELECT user_id, activity_id, context_id, aggregates, attempts FROM user_activity_agg');
    const metrics = new Map(
      rows.map((row) => {
        const [userId, courseId, contextId] = ['user_id', 'activity_id', 'context_id'].map((name) => String(row[name]));
        const batchId = contextId?.slice('cb:'.length);
        const learner = { userId: userId ?? '', courseId: courseId ?? '', batchId: batchId ?? '' };
        return [learnerText(learner), row['aggregates'] as Record<string, number>];
      }),
    );
    const entries = rows.flatMap((row) => Object.values((row['attempts'] ?? {}) as Record<string, types.Row>));
    return { metrics, entries: new Map(entries.map((entry) => [entry['attempt_id'] as string, entryOf(entry)])) };
  }

  private async all(cql: string): Promise<types.Row[]> {
    return (await this.client.execute(cql, [], { fetchSize: 100_000, readTimeout: 60_000 })).rows;
  }
}

const scoreOf = (row: types.Row) => ({
  score: row['total_score'] as number,
  maxScore: row['total_max_score'] as number,
});

const entryOf = (entry: types.Row) => ({
  score: entry['score'] as number,
  maxScore: entry['max_score'] as number,
  createdOnMs: (entry['created_on'] as Date).getTime(),
  lastAttemptedOnMs: (entry['last_attempted_on'] as Date).getTime(),
});

function entriesOf(expected: ReadonlyMap<string, SampleAttempt>) {
  return new Map(
    [...expected].map(([id, { score, maxScore, createdOnMs, lastAttemptedOnMs }]) => [
      id,
      { score, maxScore, createdOnMs, lastAttemptedOnMs },
    ]),
  );
}

function scoresOf(expected: ReadonlyMap<string, SampleAttempt>) {
  return new Map([...expected].map(([id, { score, maxScore }]) => [id, { score, maxScore }]));
}

function readAnswers(row: types.Row): string[] {
  const answers = (row['question'] as StoredQuestion[]).map(
    ({ id, assess_ts, score, max_score }): Answer => ({
      ...{ questionId: id, etsMs: assess_ts.getTime(), score, maxScore: max_score },
      ...{ type: null, title: null, description: null, resvalues: [], params: [], durationSeconds: 0 },
    }),
  );
  return withoutCopies(answers, row['question_count'] as number).map(answerText);
}
