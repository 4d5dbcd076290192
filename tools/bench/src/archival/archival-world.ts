import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CassandraAttemptRows } from '@scorekeep/core/adapter-cassandra';
import { CassandraSession, CassandraSettings, inParallel } from '@scorekeep/platform/adapter-cassandra';
import { loadSettings } from '@scorekeep/platform/util-config';
import { DemoServers, type DemoWorld, demoWorld, runApp, twoFreePorts } from '../../../demo/src';
import { type StackSettings } from '../../../stack/src';
import { type BenchBatch, benchRows } from './bench-rows';
import { unload } from './dsbulk';
import { type CommandMeasurement, measureCommand } from './measured-command';

const ROOT = resolve(__dirname, '../../../..');
const INSERTS_AT_ONCE = 48;
const TABLE = 'assessment_aggregator';
const COLUMNS =
  'course_id, batch_id, user_id, content_id, attempt_id, created_on, grand_total, last_attempted_on, total_max_score, total_score, updated_on, question';

/** What a command took, and the JSON that it printed. */
export interface AppMeasurement extends CommandMeasurement {
  readonly json: unknown;
}

/** A keyspace and a folder of the benchmark's own, on the shared servers. */
export class ArchivalWorld {
  private constructor(
    private readonly world: DemoWorld,
    private readonly session: CassandraSession,
    private readonly signal: AbortSignal,
  ) {}

  /** @param name part of all names: lower-case letters, digits, `_` */
  static async open(name: string, stack: StackSettings, signal: AbortSignal): Promise<ArchivalWorld> {
    const made = demoWorld({ layout: 'unified', learners: 0, attempts: 0, name }, stack, await twoFreePorts());
    const world: DemoWorld = {
      ...made,
      environment: {
        ...made.environment,
        STORAGE_PROVIDER: 'local',
        STORAGE_LOCAL_ROOT: join(made.folder, 'storage'),
        ARCHIVE_DELETE_ROWS_PER_SECOND: '0',
      },
    };
    await runApp('migrator', ['schema', 'up'], world);
    const session = new CassandraSession(loadSettings([CassandraSettings], world.environment).get(CassandraSettings));
    await session.connect();
    return new ArchivalWorld(world, session, signal);
  }

  async insert(batch: BenchBatch): Promise<void> {
    const rows = new CassandraAttemptRows(this.session, 'unified');
    await inParallel(benchRows(batch), INSERTS_AT_ONCE, async (row) => {
      this.signal.throwIfAborted();
      await rows.write(row, BigInt(row.lastAttemptedOnMs ?? 0) * 1_000n);
    });
  }

  /** One command of the built archiver for all weeks of a batch. */
  async archiver(command: string, batchId: string, ...further: readonly string[]): Promise<AppMeasurement> {
    const period = command === 'archive' ? ['--period', 'all'] : [];
    return this.app('archiver', [command, '--batch', batchId, ...period, ...further]);
  }

  /** One command of a built app. */
  async app(app: string, args: readonly string[]): Promise<AppMeasurement> {
    const measurement = await measureCommand({
      command: process.execPath,
      args: [join(ROOT, `dist/apps/${app}/main.js`), ...args, '--json'],
      environment: this.world.environment,
      signal: this.signal,
    });
    return { ...measurement, json: JSON.parse(measurement.stdout.trimEnd().split('\n').at(-1) ?? '') as unknown };
  }

  /** A file of the benchmark's own. */
  file(name: string): string {
    return join(this.world.folder, name);
  }

  async unload(batchId: string): Promise<CommandMeasurement & { readonly rows: number }> {
    const { environment, keyspace, folder } = this.world;
    const out = join(folder, 'dsbulk');
    try {
      return await unload({
        contactPoint: (environment['CASSANDRA_CONTACT_POINTS'] ?? '').split(',')[0] ?? '',
        datacenter: environment['CASSANDRA_LOCAL_DATACENTER'] ?? 'datacenter1',
        query: `SELECT ${COLUMNS} FROM ${keyspace}.${TABLE} WHERE batch_id='${batchId}'`,
        folder: out,
        signal: this.signal,
      });
    } finally {
      rmSync(out, { recursive: true, force: true });
    }
  }

  /** Of the rows of a batch as CSV, not packed, as its manifests say. */
  contentBytes({ batchId, courseId }: BenchBatch): number {
    const { environment, folder: own, storagePrefix } = this.world;
    const bucket = join(own, 'storage', environment['STORAGE_BUCKET'] ?? '');
    const folder = join(bucket, storagePrefix, `${batchId}_${courseId}`);
    const manifests = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.manifest.json'),
    );
    return manifests
      .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as StoredManifest)
      .flatMap(({ objects }) => objects)
      .reduce((sum, { content }) => sum + content.bytes, 0);
  }

  async drop(): Promise<void> {
    await this.session.close();
    await new DemoServers(this.world).clear();
    rmSync(this.world.folder, { recursive: true, force: true });
  }
}

interface StoredManifest {
  readonly objects: readonly { readonly content: { readonly bytes: number } }[];
}
