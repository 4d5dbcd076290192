import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Redis } from 'ioredis';
import { isoWeekOf, segmentKey } from '@scorekeep/core/domain-archive';
import { type StorageLayout } from '@scorekeep/core/domain-scoring';
import { type SampleData, sunbirdArchive, type SunbirdLearner } from '@scorekeep/core/testing-core';
import {
  type DemoWorld,
  demoWorld,
  DemoServers,
  isReady,
  runApp,
  type RunningApp,
  startService,
  twoFreePorts,
} from '../../../../tools/demo/src';
import { stackSettings } from '../../../../tools/stack/src';
import { eventually } from '../eventually';
import { startFaulty } from '../faults/start-faulty';
import { SunbirdTables } from './sunbird-tables';

/** An app's service, and the world with its ports. */
export interface StartedService extends RunningApp {
  readonly world: DemoWorld;
}

/** A deployment of Sunbird's, and the built apps that take its place. */
export class SunbirdWorld {
  readonly servers: DemoServers;
  private layout: StorageLayout = 'unified';
  private readonly started = new Set<StartedService>();

  private constructor(
    readonly world: DemoWorld,
    readonly tables: SunbirdTables,
    private readonly data: SampleData,
  ) {
    this.servers = new DemoServers(world);
  }

  /** @param data what other services know; it has no submissions */
  static async create(name: string, learners: readonly SunbirdLearner[], data: SampleData): Promise<SunbirdWorld> {
    const base = demoWorld({ layout: 'unified', learners: 0, attempts: 0, name }, stackSettings(), [0, 0]);
    const storage = { STORAGE_PROVIDER: 'local', STORAGE_LOCAL_ROOT: join(base.folder, 'store') };
    const world = { ...base, environment: { ...base.environment, ...storage } };
    await new DemoServers(world).clear();
    const tables = await SunbirdTables.create(world);
    const created = new SunbirdWorld(world, tables, data);
    for (const learner of learners) await tables.insert(learner);
    for (const file of sunbirdArchive(learners)) created.putArchived(file);
    return created;
  }

  async close(): Promise<void> {
    for (const service of this.started) await service.stop();
    await this.tables.close();
    await this.servers.clear();
    const redis = new Redis(this.world.environment['REDIS_URL'] ?? '');
    await redis.del(...this.data.courses.map(({ id }) => `${id}:${id}:leafnodes`));
    redis.disconnect();
    rmSync(this.world.folder, { recursive: true });
  }

  /** From now on, of what is run or started. */
  use(layout: StorageLayout): void {
    this.layout = layout;
  }

  async seedOtherTables(): Promise<void> {
    await this.servers.seed(this.data);
  }

  /** Runs a command to its end. @throws Error when it fails */
  run<T>(app: string, command: string): Promise<T> {
    return runApp<T>(app, command.split(' '), this.withLayout());
  }

  /** Runs a command, kills it −9 when `isTime`, and waits until another process may go on. */
  async runAndKill(app: string, command: string, isTime: () => Promise<boolean>): Promise<void> {
    const { child, ended, said } = startFaulty(app, command.split(' '), this.withLayout(), {});
    await eventually(isTime, said);
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    const isHeld = async (): Promise<boolean> =>
      (await this.tables.rows('SELECT owner FROM migration_ledger')).some(({ owner }) => owner !== null);
    await eventually(async () => !(await isHeld()));
  }

  async start(app: string): Promise<StartedService> {
    const [port, privatePort] = await twoFreePorts();
    const ports = { HTTP_PORT: String(port), HTTP_PRIVATE_PORT: String(privatePort) };
    const environment = { ...this.withLayout().environment, ...ports };
    const world = { ...this.world, privatePort, environment };
    const running = await startService(app, world, () => isReady(world));
    const service = {
      world,
      stop: async (): Promise<void> => {
        this.started.delete(service);
        await running.stop();
      },
    };
    this.started.add(service);
    return service;
  }

  private putArchived({ batchId, courseId, weekOfMs, csv }: ReturnType<typeof sunbirdArchive>[number]): void {
    const { STORAGE_LOCAL_ROOT: root = '', STORAGE_BUCKET: bucket = '' } = this.world.environment;
    const week = isoWeekOf(weekOfMs);
    const key = segmentKey(this.world.storagePrefix, { batchId, collectionId: courseId, week }, weekOfMs);
    const file = join(root, bucket, key);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, gzipSync(csv));
  }

  private withLayout(): DemoWorld {
    return { ...this.world, environment: { ...this.world.environment, STORAGE_LAYOUT: this.layout } };
  }
}
