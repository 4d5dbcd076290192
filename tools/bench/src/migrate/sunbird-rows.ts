import { Client } from 'cassandra-driver';
import { BATCH, COURSE } from '../api/bench-learners';

const IN_FLIGHT = 64;
const INSERT =
  'INSERT INTO assessment_aggregator (user_id, course_id, batch_id, content_id, attempt_id, created_on, last_attempted_on, updated_on, grand_total, total_score, total_max_score, question) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)';
const TIME = new Date(Date.UTC(2024, 2, 1));

/** Rows as Sunbird's job writes them. */
export class SunbirdRows {
  private readonly client: Client;

  constructor(environment: Readonly<Record<string, string>>) {
    const { CASSANDRA_CONTACT_POINTS: contactPoint = '', CASSANDRA_KEYSPACE: keyspace = '' } = environment;
    const localDataCenter = environment['CASSANDRA_LOCAL_DATACENTER'] ?? '';
    this.client = new Client({ contactPoints: [contactPoint], localDataCenter, keyspace });
  }

  async seed(
    learners: readonly string[],
    { perLearner, questions }: { readonly perLearner: number; readonly questions: number },
  ): Promise<void> {
    const rows = attemptsOf(learners, perLearner, questions);
    await Promise.all(
      Array.from({ length: IN_FLIGHT }, async () => {
        for (const row of rows) await this.client.execute(INSERT, row, { prepare: true });
      }),
    );
  }

  /** As if no migration had ever run. */
  async forget(): Promise<void> {
    for (const table of ['user_activity_agg', 'assessment_raw', 'migration_ledger']) {
      await this.client.execute(`TRUNCATE ${table}`, [], { readTimeout: 120_000 });
    }
  }

  async hasFilled(): Promise<boolean> {
    return (await this.client.execute('SELECT user_id FROM user_activity_agg LIMIT 1')).rows.length > 0;
  }

  async close(): Promise<void> {
    await this.client.shutdown();
  }
}

function* attemptsOf(learners: readonly string[], perLearner: number, questions: number): Generator<unknown[]> {
  const answers = Array.from({ length: questions }, (_, index) => ({
    ...{
      id: `do_question_${index}`,
      assess_ts: TIME,
      max_score: 1,
      score: index % 2,
      type: 'mcq',
      title: 'A question',
    },
    resvalues: [{ '1': '{"text":"an answer that somebody gave"}' }],
    params: [{ '1': '{"text":"one"}' }, { '2': '{"text":"two"}' }, { answer: '{"correct":["1"]}' }],
  }));
  const total = Math.floor(questions / 2);
  for (const learner of learners) {
    for (let attempt = 0; attempt < perLearner; attempt += 1) {
      const key = [learner, COURSE, BATCH, `do_content_${attempt % 2}`, `attempt-${attempt}`];
      yield [...key, TIME, TIME, TIME, `${total}.0/${questions}.0`, total, questions, answers];
    }
  }
}
