import { Client } from 'cassandra-driver';
import { attemptText } from '@scorekeep/core/testing-core';

const SELECT = 'SELECT user_id, course_id, batch_id, content_id, attempt_id FROM assessment_aggregator';
const PAGE = 5_000;

export interface StoredAttemptsSource {
  readonly contactPoint: string;
  readonly localDataCenter: string;
  readonly keyspace: string;
}

/** All attempts that are stored, each as `attemptText`. */
export async function storedAttempts(source: StoredAttemptsSource): Promise<ReadonlySet<string>> {
  const { contactPoint, localDataCenter, keyspace } = source;
  const client = new Client({ contactPoints: [contactPoint], localDataCenter, keyspace });
  const attempts = new Set<string>();
  try {
    const rows = await client.execute(SELECT, [], { fetchSize: PAGE, readTimeout: 60_000 });
    for await (const row of rows) attempts.add(attemptText(row.values() as string[]));
    return attempts;
  } finally {
    await client.shutdown();
  }
}
