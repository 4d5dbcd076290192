import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type types } from 'cassandra-driver';
import { parse } from 'csv-parse/sync';
import { attemptKey, attemptsCountKey, latestPerQuestion, maxScoreKey, scoreKey } from '@scorekeep/core/domain-scoring';
import { keptOf, learnerText, type SunbirdLearner } from '@scorekeep/core/testing-core';
import { type DemoWorld, readState } from '../../../../tools/demo/src';

import { type SunbirdTables } from './sunbird-tables';
import { type SunbirdWorld } from './sunbird-world';

/** Of every course. */
export const CONTENTS = ['do_content_0', 'do_content_1'] as const;

/** Entries and metrics, for good: no placeholder is left. */
export async function expectScores(tables: SunbirdTables, learners: readonly SunbirdLearner[]): Promise<void> {
  const rows = await tables.rows(
    'SELECT user_id, activity_id, context_id, aggregates, attempts FROM user_activity_agg',
  );
  const stored = new Map(rows.map((row) => [learnerText(learnerOf(row)), scoresOf(row)]));
  const expected = new Map(learners.map((learner) => [learnerText(learner), keptOf(learner)]));
  expect(stored).toEqual(expected);
}

/** What the API answers of every learner. */
export async function expectStates(api: DemoWorld, learners: readonly SunbirdLearner[]): Promise<void> {
  for (const learner of learners) {
    const { userId, courseId, batchId } = learner;
    const { metrics } = keptOf(learner);
    const states = await readState(api, { userId, courseId, batchId });
    const attempted = states.filter(({ attemptsCount }) => attemptsCount > 0);
    const found = attempted.flatMap(({ contentId, bestScore, attemptsCount }) => [
      [scoreKey(contentId), bestScore.totalScore],
      [attemptsCountKey(contentId), attemptsCount],
    ]);
    const isAnswered = (key: string): boolean => key.startsWith(scoreKey('')) || key.startsWith(attemptsCountKey(''));
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries([...metrics].filter(([key]) => isAnswered(key))));
  }
}

/** Every attempt whose answers were ever stored, with each question once; and every learner's best scores. */
export async function expectReports(world: SunbirdWorld, learners: readonly SunbirdLearner[]): Promise<void> {
  for (const batchId of new Set(learners.map((learner) => learner.batchId))) {
    const ofBatch = learners.filter((learner) => learner.batchId === batchId);
    const responses = (await reportOf(world, 'response', batchId)).map(
      (row) =>
        `${row['User UUID']} ${row['QuestionSet Id']} ${row['Attempt Id']} ${row['Question Id']}: ${Number(row['Question Score'])} of ${Number(row['Question Max Score'])}`,
    );
    expect(responses.sort()).toEqual(ofBatch.flatMap(reported).sort());
    const progress = (await reportOf(world, 'progress', batchId)).map(
      (row) => `${row['User UUID']}: ${CONTENTS.map((id) => row[`${id} - Score`]).join(', ')}`,
    );
    expect(progress.sort()).toEqual(ofBatch.map(percentages).sort());
  }
}

async function reportOf(
  world: SunbirdWorld,
  dataset: 'response' | 'progress',
  batchId: string,
): Promise<Record<string, string>[]> {
  const file = join(world.world.folder, `${batchId}-${dataset}.csv`);
  await world.run('exhaust', `${dataset} --batch ${batchId} --out ${file}`);
  return parse<Record<string, string>>(readFileSync(file), { columns: true });
}

function percentages(learner: SunbirdLearner): string {
  const { metrics } = keptOf(learner);
  const percentage = (id: string): string => {
    const score = metrics.get(scoreKey(id));
    return score === undefined ? '' : `${Math.ceil((100 * score) / (metrics.get(maxScoreKey(id)) ?? 0))}%`;
  };
  return `${learner.userId}: ${CONTENTS.map(percentage).join(', ')}`;
}

function reported({ attempts }: SunbirdLearner): string[] {
  return attempts
    .filter(({ live, archived }) => live || archived)
    .flatMap(({ userId, contentId, attemptId, answers }) =>
      latestPerQuestion(answers).map(
        ({ questionId, score, maxScore }) =>
          `${userId} ${contentId} ${attemptId} ${questionId}: ${score} of ${maxScore}`,
      ),
    );
}

function learnerOf(row: types.Row): { userId: string; courseId: string; batchId: string } {
  const [userId = '', courseId = '', context = ''] = ['user_id', 'activity_id', 'context_id'].map((name) =>
    String(row[name]),
  );
  return { userId, courseId, batchId: context.slice('cb:'.length) };
}

function scoresOf(row: types.Row) {
  const entries = Object.values((row['attempts'] ?? {}) as Record<string, types.Row>);
  return {
    attempts: new Map(
      entries.map((entry) => [
        attemptKey({ contentId: String(entry['content_id']), attemptId: String(entry['attempt_id']) }),
        {
          score: entry['score'] as number,
          maxScore: entry['max_score'] as number,
          timeMs: (entry['last_attempted_on'] as Date).getTime(),
        },
      ]),
    ),
    metrics: new Map(Object.entries((row['aggregates'] ?? {}) as Record<string, number>)),
  };
}
