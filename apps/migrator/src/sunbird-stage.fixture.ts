import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { CassandraScoreBook, encodeQuestions } from '@scorekeep/core/adapter-cassandra';
import { isoWeekOf, segmentKey } from '@scorekeep/core/domain-archive';
import { type StorageLayout } from '@scorekeep/core/domain-scoring';
import {
  sunbirdAggregates,
  sunbirdArchive,
  type SunbirdAttempt,
  type SunbirdLearner,
  sunbirdRow,
  sunbirdTables,
} from '@scorekeep/core/testing-core';
import { CassandraSession, CassandraSettings, type Row } from '@scorekeep/platform/adapter-cassandra';

const root = resolve(__dirname, '../../..');

const INSERT_ROW =
  'INSERT INTO assessment_aggregator (user_id, course_id, batch_id, content_id, attempt_id, created_on, grand_total, last_attempted_on, question, total_max_score, total_score, updated_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?';
const UPDATE_AGG =
  'UPDATE user_activity_agg SET agg = agg + ?, aggregates = aggregates + ?, agg_details = ? WHERE activity_type = ? AND activity_id = ? AND user_id = ? AND context_id = ?';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A keyspace and a folder of archives as Sunbird's own jobs leave them, and the apps as processes. */
export class SunbirdStage {
  readonly folder = mkdtempSync(join(tmpdir(), 'migrator-'));
  readonly book: CassandraScoreBook;
  private running: ChildProcess | undefined;

  private constructor(
    readonly session: CassandraSession,
    private readonly environment: Readonly<Record<string, string>>,
  ) {
    this.book = new CassandraScoreBook(session);
  }

  /** @param contactPoints of the local stack */
  static async open(layout: StorageLayout, contactPoints: string | undefined): Promise<SunbirdStage> {
    const name = `test_sunbird_${randomBytes(4).toString('hex')}`;
    const settings = new CassandraSettings();
    settings.CASSANDRA_CONTACT_POINTS = contactPoints ?? settings.CASSANDRA_CONTACT_POINTS;
    settings.CASSANDRA_KEYSPACE = name;
    const unbound = new CassandraSession(settings, { keyspace: null });
    await unbound.connect();
    const replication = "{'class': 'SimpleStrategy', 'replication_factor': 1}";
    await unbound.ddl(`CREATE KEYSPACE ${name} WITH replication = ${replication}`);
    await unbound.close();
    const session = new CassandraSession(settings);
    await session.connect();
    for (const statement of sunbirdTables) await session.ddl(statement);
    const stage = new SunbirdStage(session, {
      CASSANDRA_CONTACT_POINTS: settings.CASSANDRA_CONTACT_POINTS,
      CASSANDRA_KEYSPACE: name,
      CASSANDRA_HIERARCHY_KEYSPACE: name,
      STORAGE_LAYOUT: layout,
      STORAGE_PROVIDER: 'local',
      STORAGE_LOCAL_ROOT: join(tmpdir(), name),
      ARCHIVE_PREFIX: 'archival',
    });
    return stage;
  }

  async close(): Promise<void> {
    await this.session.ddl(`DROP KEYSPACE ${this.session.keyspace}`);
    await this.session.close();
    rmSync(this.folder, { recursive: true, force: true });
    rmSync(this.storageRoot, { recursive: true, force: true });
  }

  /** Puts what Sunbird's jobs left. */
  async seed(learners: readonly SunbirdLearner[]): Promise<void> {
    const fields = await this.session.fieldsOf('question');
    for (const learner of learners) {
      await Promise.all(learner.attempts.filter(({ live }) => live).map((attempt) => this.insert(attempt, fields)));
      const { agg, aggregates, aggDetails } = sunbirdAggregates(learner);
      const { userId, courseId, batchId } = learner;
      await this.write(UPDATE_AGG, [agg, aggregates, aggDetails, 'Course', courseId, userId, `cb:${batchId}`]);
    }
    for (const { batchId, courseId, weekOfMs, csv } of sunbirdArchive(learners)) {
      const week = isoWeekOf(weekOfMs);
      const key = segmentKey('archival', { batchId, collectionId: courseId, week }, weekOfMs);
      this.putObject(key, gzipSync(csv));
    }
  }

  putObject(key: string, bytes: Uint8Array): void {
    const file = join(this.storageRoot, key);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }

  async write(cql: string, params: readonly unknown[] = []): Promise<void> {
    await this.session.write({ cql, idempotent: false }, params);
  }

  async rows(cql: string): Promise<Row[]> {
    const rows: Row[] = [];
    for await (const row of this.session.rows({ cql, idempotent: true }, [])) rows.push(row);
    return rows;
  }

  /** What is kept of a learner: points and times of real attempts, metrics, and how many placeholders. */
  async kept(learner: SunbirdLearner) {
    const { attempts, aggregates, filled } = await this.book.read(learner);
    const real = [...attempts].filter(([, { placeholder }]) => !placeholder);
    return {
      filled,
      placeholders: attempts.size - real.length,
      attempts: new Map(
        real.map(([key, { score, maxScore, version }]) => [key, { score, maxScore, timeMs: version.timeMs }]),
      ),
      metrics: new Map([...aggregates].filter(([key]) => key.includes(':'))),
    };
  }

  /** @param watch called with the process whenever it says something on stderr */
  migrate(args: string, watch?: (child: ChildProcess, stderr: string) => void, layout?: string): Promise<Ended> {
    return this.run('migrator', args, watch, layout);
  }

  /** Runs the archiver on the same servers and objects. @throws Error when it does not end with 0 */
  async archiver(args: string): Promise<void> {
    const { code, stderr } = await this.run('archiver', args);
    if (code !== 0) throw new Error(`archiver ${args} ended with ${code}: ${stderr}`);
  }

  private run(
    app: string,
    args: string,
    watch: (child: ChildProcess, stderr: string) => void = () => undefined,
    layout = this.environment['STORAGE_LAYOUT'] ?? '',
  ): Promise<Ended> {
    const child = spawn(process.execPath, [join(root, 'dist/apps', app, 'main.js'), ...args.split(' ')], {
      cwd: this.folder,
      env: { PATH: '', ...this.environment, STORAGE_LAYOUT: layout },
    });
    this.running = child;
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
      watch(child, stderr);
    });
    return new Promise((done) => child.on('close', (code) => done({ code, stdout, stderr })));
  }

  /** @throws Error when it does not end as expected */
  async json<T>(args: string, code = 0, layout?: StorageLayout): Promise<T> {
    const ended = await this.migrate(`${args} --json`, undefined, layout);
    if (ended.code !== code) throw new Error(`${args} ended with ${ended.code}: ${ended.stderr}`);
    return JSON.parse(ended.stdout.trimEnd().split('\n').at(-1) ?? '') as T;
  }

  /** Ends the process that was started last as a power failure would. */
  kill(): void {
    this.running?.kill('SIGKILL');
  }

  /** Another process can go on where a killed one stopped. */
  async untilLeaseRunsOut(): Promise<void> {
    const held = async (): Promise<boolean> =>
      (await this.rows('SELECT owner FROM migration_ledger')).some(({ owner }) => owner !== null);
    while (await held()) await sleep(500);
  }

  /** Lines of a findings file. */
  findings(kind: 'rejects' | 'conflicts' | 'differences'): Record<string, unknown>[] {
    const text = readFileSync(join(this.folder, 'migrator-scores', `${kind}.jsonl`), 'utf8');
    return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Record<string, unknown>]));
  }

  private get storageRoot(): string {
    return this.environment['STORAGE_LOCAL_ROOT'] ?? '';
  }

  private async insert(attempt: SunbirdAttempt, fields: readonly string[]): Promise<void> {
    const { userId, courseId, batchId, contentId, attemptId, answers, updatedOnMs, ...row } = {
      ...attempt,
      ...sunbirdRow(attempt),
    };
    const updatedOn = updatedOnMs ?? 0;
    await this.write(INSERT_ROW, [
      ...[userId, courseId, batchId, contentId, attemptId, new Date(row.createdOnMs ?? 0), row.grandTotal],
      ...[new Date(row.timeMs), encodeQuestions(answers, fields), row.totalMaxScore, row.totalScore],
      ...[new Date(updatedOn), BigInt(updatedOn) * 1000n + 7n],
    ]);
  }
}
