/** What a Sunbird deployment's own migrations made of the tables that hold assessments, as CQL. */
export const sunbirdTables: readonly string[] = [
  'CREATE TYPE question (id text, assess_ts timestamp, max_score double, score double, type text, title text, resvalues list<frozen<map<text, text>>>, params list<frozen<map<text, text>>>, description text, duration decimal)',
  'CREATE TABLE assessment_aggregator (user_id text, course_id text, batch_id text, content_id text, attempt_id text, created_on timestamp, grand_total text, last_attempted_on timestamp, question list<frozen<question>>, total_max_score double, total_score double, updated_on timestamp, PRIMARY KEY ((user_id, course_id), batch_id, content_id, attempt_id))',
  'CREATE TABLE user_activity_agg (activity_type text, activity_id text, user_id text, context_id text, agg map<text, int>, aggregates map<text, double>, agg_last_updated map<text, timestamp>, agg_details list<text>, PRIMARY KEY ((activity_type, activity_id, user_id), context_id))',
];
