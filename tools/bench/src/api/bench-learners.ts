import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TokenIssuer } from '@scorekeep/platform/testing-platform';
import { Client } from 'cassandra-driver';

export const COURSE = 'do_bench_course';
export const BATCH = 'bench-batch';
const CONTENTS = 10;
const IN_FLIGHT = 64;

/** Learners with ten contents each, an ongoing batch, and tokens to call with. */
export class BenchLearners {
  readonly issuer: TokenIssuer = new TokenIssuer('bench-key');
  readonly ids: readonly string[];
  /** By learner. */
  readonly tokens: readonly string[];

  constructor(count: number) {
    this.ids = Array.from({ length: count }, (_, index) => `learner-${index}`);
    this.tokens = this.ids.map((id) => this.issuer.tokenOf(id, { aud: 'account', typ: 'Bearer', azp: 'bench' }));
  }

  /** @returns a folder with the key that verifies the tokens */
  putKeys(folder: string): string {
    const keys = join(folder, 'keys');
    mkdirSync(keys, { recursive: true });
    writeFileSync(join(keys, this.issuer.kid), this.issuer.publicPem);
    return keys;
  }

  async seed(environment: Readonly<Record<string, string>>): Promise<void> {
    const { CASSANDRA_CONTACT_POINTS: contactPoint = '', CASSANDRA_KEYSPACE: keyspace = '' } = environment;
    const localDataCenter = environment['CASSANDRA_LOCAL_DATACENTER'] ?? '';
    const client = new Client({ contactPoints: [contactPoint], localDataCenter, keyspace });
    try {
      const insertBatch = 'INSERT INTO course_batch (courseid, batchid, name, status) VALUES (?, ?, ?, 1)';
      await client.execute(insertBatch, [COURSE, BATCH, 'bench'], { prepare: true });
      const inserts = this.inserts();
      await Promise.all(
        Array.from({ length: IN_FLIGHT }, async () => {
          for (const [cql, params] of inserts) await client.execute(cql, params, { prepare: true });
        }),
      );
    } finally {
      await client.shutdown();
    }
  }

  /** Taken from by several at once. */
  private *inserts(): Generator<[string, unknown[]]> {
    const enrol = 'INSERT INTO user_enrolments (userid, courseid, batchid, active, status) VALUES (?, ?, ?, true, 1)';
    const consume =
      'INSERT INTO user_content_consumption (userid, courseid, batchid, contentid, status, progress, completedcount, viewcount, last_access_time, last_completed_time, last_updated_time, completionpercentage) VALUES (?, ?, ?, ?, 2, 100, 1, 3, ?, ?, ?, 100)';
    const at = new Date(Date.UTC(2024, 2, 1));
    for (const id of this.ids) {
      yield [enrol, [id, COURSE, BATCH]];
      for (let content = 0; content < CONTENTS; content += 1) {
        yield [consume, [id, COURSE, BATCH, `do_content_${content}`, at, at, at]];
      }
    }
  }
}
