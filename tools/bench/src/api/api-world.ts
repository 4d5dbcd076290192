import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { DemoServers, type DemoWorld, demoWorld, runApp, twoFreePorts } from '../../../demo/src';
import { type StackSettings } from '../../../stack/src';
import { BenchLearners } from './bench-learners';
import { ServerProcess } from './server-process';

const ROOT = resolve(__dirname, '../../../..');

/** What is compared. */
export type Side = 'api' | 'bare';

/** A keyspace and topics of the benchmark's own, its learners, and both servers over them. */
export class ApiWorld {
  private readonly servers = new Map<Side, ServerProcess>();

  private constructor(
    private readonly world: DemoWorld,
    readonly learners: BenchLearners,
    readonly keys: string,
  ) {}

  /** @param name part of all names: lower-case letters, digits, `_` */
  static async create(name: string, stack: StackSettings, learnerCount: number): Promise<ApiWorld> {
    const world = demoWorld({ layout: 'unified', learners: 0, attempts: 0, name }, stack, [0, 0]);
    const learners = new BenchLearners(learnerCount);
    const created = new ApiWorld(world, learners, learners.putKeys(world.folder));
    await runApp('migrator', ['schema', 'up'], world);
    await runApp('migrator', ['topics'], world);
    await learners.seed(world.environment);
    return created;
  }

  /** Settings of the apps. */
  get environment(): Readonly<Record<string, string>> {
    return this.world.environment;
  }

  server(side: Side): ServerProcess {
    const server = this.servers.get(side);
    if (!server) throw new Error(`${side} was not started`);
    return server;
  }

  async start(): Promise<void> {
    const [port, barePort] = await twoFreePorts();
    const { HTTP_PRIVATE_PORT: _, ...environment } = this.world.environment;
    const auth = { AUTH_PUBLIC_KEYS_DIR: this.keys, AUTH_ISSUER: this.learners.issuer.url };
    const main = join(ROOT, 'dist/apps/content-state-api/main.js');
    const api = await ServerProcess.start([main], { ...environment, ...auth }, { port, probe: '/health/ready' });
    this.servers.set('api', api);
    const bare = await ServerProcess.start([this.bareScript()], environment, { port: barePort, probe: '/' });
    this.servers.set('bare', bare);
  }

  /** Ends the servers and drops everything, also when something has failed before. */
  async close(): Promise<void> {
    try {
      for (const server of this.servers.values()) await server.stop();
    } finally {
      await new DemoServers(this.world).clear();
      rmSync(this.world.folder, { recursive: true, force: true });
    }
  }

  /** Transpiled first, so that it runs in Node alone and the transpiler is not measured. */
  private bareScript(): string {
    const file = join(this.world.folder, 'bare-api.js');
    const source = readFileSync(join(__dirname, 'bare-api.ts'), 'utf8');
    const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 };
    writeFileSync(file, transpileModule(source, { compilerOptions }).outputText);
    return file;
  }
}
