import { Client, types } from 'cassandra-driver';
import { type Answer } from '@scorekeep/core/domain-scoring';
import { sunbirdAggregates, type SunbirdLearner, sunbirdRow, sunbirdTables } from '@scorekeep/core/testing-core';
import { type DemoWorld } from '../../../../tools/demo/src';

const INSERT_ROW =
  'INSERT INTO assessment_aggregator (user_id, course_id, batch_id, content_id, attempt_id, created_on, last_attempted_on, updated_on, grand_total, total_score, total_max_score, question) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?';
const UPDATE_AGG =
  "UPDATE user_activity_agg SET agg = agg + ?, aggregates = aggregates + ?, agg_details = ? WHERE activity_type = 'Course' AND activity_id = ? AND user_id = ? AND context_id = ?";

/** The keyspace as Sunbird's jobs leave it, and what is in it. */
export class SunbirdTables {
  private constructor(
    private readonly client: Client,
    readonly keyspace: string,
  ) {}

  static async create({ environment, keyspace }: DemoWorld): Promise<SunbirdTables> {
    const contactPoints = [environment['CASSANDRA_CONTACT_POINTS'] ?? ''];
    const localDataCenter = environment['CASSANDRA_LOCAL_DATACENTER'] ?? '';
    const unbound = new Client({ contactPoints, localDataCenter });
    const replication = "{'class': 'SimpleStrategy', 'replication_factor': 1}";
    await unbound.execute(`CREATE KEYSPACE ${keyspace} WITH replication = ${replication}`);
    await unbound.shutdown();
    const client = new Client({ contactPoints, localDataCenter, keyspace });
    for (const statement of sunbirdTables) await client.execute(statement);
    return new SunbirdTables(client, keyspace);
  }

  async close(): Promise<void> {
    await this.client.shutdown();
  }

  /** Live rows, metrics and lists of attempts. */
  async insert(learner: SunbirdLearner): Promise<void> {
    for (const attempt of learner.attempts.filter(({ live }) => live)) {
      const { userId, courseId, batchId, contentId, attemptId, answers, ...row } = sunbirdRow(attempt);
      const times = [row.createdOnMs, row.lastAttemptedOnMs, row.updatedOnMs].map((timeMs) => new Date(timeMs ?? 0));
      const totals = [row.grandTotal, row.totalScore, row.totalMaxScore];
      const key = [userId, courseId, batchId, contentId, attemptId];
      const values = [...key, ...times, ...totals, answers.map(questionOf), attempt.updatedOnMs * 1000];
      await this.client.execute(INSERT_ROW, values, { prepare: true });
    }
    const { agg, aggregates, aggDetails } = sunbirdAggregates(learner);
    const maps = [Object.fromEntries(agg), Object.fromEntries(aggregates), aggDetails];
    const key = [learner.courseId, learner.userId, `cb:${learner.batchId}`];
    await this.client.execute(UPDATE_AGG, [...maps, ...key], { prepare: true });
  }

  async rows(cql: string): Promise<types.Row[]> {
    return (await this.client.execute(cql, [], { fetchSize: 50_000, readTimeout: 60_000 })).rows;
  }
}

function questionOf(answer: Answer): Record<string, unknown> {
  return {
    id: answer.questionId,
    assess_ts: new Date(answer.etsMs),
    max_score: answer.maxScore,
    score: answer.score,
    type: answer.type,
    title: answer.title,
    resvalues: answer.resvalues.map((map) => Object.fromEntries(map)),
    params: answer.params.map((map) => Object.fromEntries(map)),
    description: answer.description,
    duration: types.BigDecimal.fromString(String(answer.durationSeconds)),
  };
}
