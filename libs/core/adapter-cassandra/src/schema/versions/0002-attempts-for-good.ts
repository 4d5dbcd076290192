import { type SchemaVersion } from '../schema-version';

/** Scores that survive archival, the split layout's table of answers, and indexes by which archival finds a batch. */
export const attemptsForGood: SchemaVersion = {
  version: 2,
  name: 'attempts-for-good',
  otherTypes: 'refused',
  steps: [
    {
      kind: 'type',
      name: 'attempt_score',
      // Of two values with one timestamp Cassandra keeps the larger bytes. In this order that is the greater version, of
      // one version the one created earlier: created_order is minus created_on.
      fields: {
        content_id: 'text',
        attempt_id: 'text',
        last_attempted_on: 'timestamp',
        latest_ets: 'bigint',
        question_count: 'int',
        digest: 'text',
        created_order: 'bigint',
        score: 'double',
        max_score: 'double',
        created_on: 'timestamp',
        write_time: 'bigint',
        placeholder: 'boolean',
      },
    },
    {
      kind: 'columns',
      table: 'user_activity_agg',
      columns: {
        attempts: 'map<text, frozen<attempt_score>>',
        attempts_filled: 'boolean',
        certificate_state: 'text',
      },
    },
    {
      kind: 'table',
      keyspace: 'courses',
      name: 'assessment_raw',
      columns: {
        user_id: 'text',
        course_id: 'text',
        batch_id: 'text',
        content_id: 'text',
        attempt_id: 'text',
        created_on: 'timestamp',
        grand_total: 'text',
        last_attempted_on: 'timestamp',
        question: 'list<frozen<question>>',
        question_count: 'int',
        total_max_score: 'double',
        total_score: 'double',
        updated_on: 'timestamp',
      },
      partitionKey: ['user_id', 'course_id'],
      clusteringKey: ['batch_id', 'content_id', 'attempt_id'],
    },
    { kind: 'columns', table: 'assessment_aggregator', columns: { question_count: 'int' } },
    { kind: 'index', table: 'assessment_aggregator', column: 'batch_id' },
    { kind: 'index', table: 'assessment_aggregator', column: 'updated_on' },
    { kind: 'index', table: 'assessment_raw', column: 'batch_id' },
    { kind: 'index', table: 'assessment_raw', column: 'updated_on' },
  ],
};
