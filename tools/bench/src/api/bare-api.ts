/**
 * The yardstick: what Fastify and cassandra-driver alone can do with the statements of the content-state API. `POST /read`
 * selects a learner's contents and sends the rows; `PATCH /update` runs the statements of an update of one content, one
 * after the other as each needs the one before. No token, no limit, no validation, no merge, no Kafka, no envelope, no
 * log. Ends by SIGTERM.
 *
 * Runs transpiled in a plain Node process, so nothing of the repository is imported here.
 */
import { Client, types } from 'cassandra-driver';
import { fastify } from 'fastify';

interface ReadBody {
  readonly request: { readonly userId: string; readonly courseId: string; readonly batchId: string };
}

interface UpdateBody {
  readonly request: {
    readonly userId: string;
    readonly contents: readonly { readonly contentId: string; readonly courseId: string; readonly batchId: string }[];
  };
}

const COLUMNS =
  'contentid, status, progress, completedcount, viewcount, last_access_time, lastaccesstime, last_completed_time, lastcompletedtime, completionpercentage, progressdetails';
const LEARNER = 'WHERE userid = ? AND courseid = ? AND batchid = ?';
const SELECT_CONTENTS = `SELECT ${COLUMNS} FROM user_content_consumption ${LEARNER}`;
const SELECT_BATCH = 'SELECT batchid, status FROM course_batch WHERE courseid = ? AND batchid = ?';
const SELECT_ROWS = `SELECT ${COLUMNS}, first_progress, last_updated_time FROM user_content_consumption ${LEARNER} AND contentid IN ?`;
const UPDATE_ROW = `UPDATE user_content_consumption SET status = ?, progress = ?, first_progress = ?, completedcount = ?, viewcount = ?, last_access_time = ?, last_completed_time = ?, completionpercentage = ?, progressdetails = ?, last_updated_time = ? ${LEARNER} AND contentid = ? IF last_updated_time = ?`;
const SELECT_ENROLMENT = `SELECT lastreadcontentid, lastreadcontentstatus, lastcontentaccesstime FROM user_enrolments ${LEARNER}`;
const UPDATE_ENROLMENT = `UPDATE user_enrolments SET lastreadcontentid = ?, lastreadcontentstatus = ?, lastcontentaccesstime = ? ${LEARNER} IF lastcontentaccesstime = ?`;

const client = new Client({
  contactPoints: [setting('CASSANDRA_CONTACT_POINTS')],
  localDataCenter: setting('CASSANDRA_LOCAL_DATACENTER'),
  keyspace: setting('CASSANDRA_KEYSPACE'),
  encoding: { useUndefinedAsUnset: true },
  queryOptions: { prepare: true, consistency: types.consistencies.localQuorum },
});
const app = fastify();

app.post<{ Body: ReadBody }>('/read', async ({ body }) => {
  const { userId, courseId, batchId } = body.request;
  const { rows } = await client.execute(SELECT_CONTENTS, [userId, courseId, batchId]);
  return { contentList: rows };
});

app.patch<{ Body: UpdateBody }>('/update', async ({ body }) => {
  const [content] = body.request.contents;
  if (!content) return { updated: 0 };
  const { contentId, courseId, batchId } = content;
  const learner = [body.request.userId, courseId, batchId];
  await client.execute(SELECT_BATCH, [courseId, batchId]);
  const found = (await client.execute(SELECT_ROWS, [...learner, [contentId]])).first();
  const now = new Date();
  const unset = undefined;
  const values = [1, 50, unset, unset, unset, now, unset, unset, unset, now];
  const updated = (found?.['last_updated_time'] ?? null) as Date | null;
  await client.execute(UPDATE_ROW, [...values, ...learner, contentId, updated]);
  const enrolment = (await client.execute(SELECT_ENROLMENT, learner)).first();
  const accessed = (enrolment?.['lastcontentaccesstime'] ?? null) as Date | null;
  await client.execute(UPDATE_ENROLMENT, [contentId, 1, now, ...learner, accessed]);
  return { updated: 1 };
});

async function main(): Promise<void> {
  await client.connect();
  await app.listen({ host: '127.0.0.1', port: Number(setting('HTTP_PORT')) });
  process.once('SIGTERM', () => void end().catch(fail));
}

async function end(): Promise<void> {
  await app.close();
  await client.shutdown();
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
}

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

main().catch(fail);
