import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CassandraAttemptRows,
  CassandraBatchAttempts,
  CassandraScoreBook,
  SchemaMigrator,
} from '@scorekeep/core/adapter-cassandra';
import { rowKeyOrder, StorageArchiveReader } from '@scorekeep/core/domain-archive';
import { type StorageLayout, type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { NodeByteStreams } from '@scorekeep/platform/adapter-byte-streams';
import { CassandraSession, CassandraSettings } from '@scorekeep/platform/adapter-cassandra';
import { type ArchiveStorage } from '@scorekeep/platform/domain-storage';
import { createLogger } from '@scorekeep/platform/util-logging';
import { type StorageProvider } from '@scorekeep/core/adapter-archive-store';
import { loadArchiverSettings } from './archiver.settings';

const repository = join(__dirname, '../../..');
const MAIN = join(repository, 'dist/apps/archiver/main.js');

/** How a run of the app ended. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A week as `archiver status --json` shows it. */
export interface ShownWeek {
  readonly batchId: string;
  readonly collectionId: string;
  readonly isoYear: number;
  readonly isoWeek: number;
  readonly archival: string;
  readonly deletion: string;
  readonly rows: number;
  readonly bytes: number;
  readonly objects: readonly string[];
  readonly error?: string;
}

/** The real servers with a keyspace, a prefix and a folder of a test's own, and the app as a process. */
export class ArchiverStage {
  readonly folder = mkdtempSync(join(tmpdir(), 'archiver-'));
  readonly book: CassandraScoreBook;
  readonly attempts: CassandraBatchAttempts;

  private constructor(
    readonly layout: StorageLayout,
    readonly session: CassandraSession,
    readonly storage: ArchiveStorage,
    private readonly environment: Readonly<Record<string, string | undefined>>,
  ) {
    this.book = new CassandraScoreBook(session);
    const logger = createLogger({ name: 'test', level: 'silent', destination: 'stderr' });
    this.attempts = new CassandraBatchAttempts(session, layout, logger);
  }

  /** @param stack settings of the local stack */
  static async open(
    stack: Readonly<Record<string, string | undefined>>,
    layout: StorageLayout,
    provider: StorageProvider,
  ): Promise<ArchiverStage> {
    const name = `test_archiver_${randomBytes(4).toString('hex')}`;
    const environment = {
      ...stack,
      CASSANDRA_KEYSPACE: name,
      CASSANDRA_HIERARCHY_KEYSPACE: name,
      STORAGE_LAYOUT: layout,
      STORAGE_PROVIDER: provider,
      STORAGE_LOCAL_ROOT: join(tmpdir(), name),
      ARCHIVE_PREFIX: `${name}/archive`,
      ARCHIVE_DELETE_AFTER: '0',
    };
    const { settings, store } = await loadArchiverSettings(environment);
    const cassandra = settings.get(CassandraSettings);
    const unbound = new CassandraSession(cassandra, { keyspace: null });
    await new SchemaMigrator(unbound, cassandra).apply({ say: () => undefined });
    await unbound.close();
    const session = new CassandraSession(cassandra);
    await session.connect();
    return new ArchiverStage(layout, session, store.open(settings), environment);
  }

  get prefix(): string {
    return `${this.session.keyspace}/archive`;
  }

  get order() {
    return rowKeyOrder((userId, courseId) => this.session.tokenOf(userId, courseId));
  }

  get reader(): StorageArchiveReader {
    return new StorageArchiveReader(this.storage, new NodeByteStreams(), { prefix: this.prefix, order: this.order });
  }

  async close(): Promise<void> {
    for (const key of await this.keys()) await this.storage.remove(key);
    await this.session.ddl(`DROP KEYSPACE ${this.session.keyspace}`);
    await this.session.close();
    rmSync(this.folder, { recursive: true, force: true });
    rmSync(this.environment['STORAGE_LOCAL_ROOT'] ?? '', { recursive: true, force: true });
  }

  async insert(rows: readonly WrittenAttempt[]): Promise<void> {
    const table = new CassandraAttemptRows(this.session, this.layout);
    for (let start = 0; start < rows.length; start += 50) {
      await Promise.all(rows.slice(start, start + 50).map((row) => table.write(row, row.writeTimeUs)));
    }
  }

  /** Live rows of a batch, in row order. */
  async live(batchId: string): Promise<WrittenAttempt[]> {
    const rows: WrittenAttempt[] = [];
    for await (const row of this.attempts.rows({ batchId })) rows.push(row);
    return rows;
  }

  /** Every row of a batch that a manifest names, of all weeks. */
  async archived(batchId: string): Promise<WrittenAttempt[]> {
    const rows: WrittenAttempt[] = [];
    for (const manifest of await this.reader.manifests(batchId)) {
      for (const object of manifest.objects) {
        for await (const row of this.reader.writtenRows(manifest, object)) rows.push(row);
      }
    }
    return rows;
  }

  async keys(under = ''): Promise<string[]> {
    const keys: string[] = [];
    for await (const { key } of this.storage.list(`${this.prefix}/${under}`)) keys.push(key);
    return keys;
  }

  /** @param whileRunning called at once with the process */
  run(
    args: readonly string[],
    given: Readonly<Record<string, string>> = {},
    whileRunning: (child: ChildProcess) => void = () => undefined,
  ): Promise<Run> {
    return this.spawned([process.execPath, MAIN, ...args], given, whileRunning);
  }

  /** @param kilobytes that no file of the process can grow beyond: a disk that is full, as far as one file is concerned */
  runWithSmallFiles(args: readonly string[], kilobytes: number): Promise<Run> {
    const limit = `ulimit -f ${kilobytes * 2} && exec "$0" "$@"`;
    return this.spawned(['/bin/sh', '-c', limit, process.execPath, MAIN, ...args], {}, () => undefined);
  }

  async status(...args: string[]): Promise<ShownWeek[]> {
    const { code, stdout, stderr } = await this.run(['status', '--json', ...args]);
    if (code !== 0) throw new Error(stderr);
    return (lastLine(stdout) as { weeks: ShownWeek[] }).weeks;
  }

  private spawned(
    [program = '', ...args]: readonly string[],
    given: Readonly<Record<string, string>>,
    whileRunning: (child: ChildProcess) => void,
  ): Promise<Run> {
    const child = spawn(program, args, {
      cwd: repository,
      env: { PATH: '', ...this.environment, ...given },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
    whileRunning(child);
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, ...said }));
    });
  }
}

/** The one JSON object that a command with `--json` prints last. */
export function lastLine(stdout: string): unknown {
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
}
