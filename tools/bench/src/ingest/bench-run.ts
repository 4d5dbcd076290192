import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { DemoServers, type DemoWorld, demoWorld, runApp, twoFreePorts } from '../../../demo/src';
import { type StackSettings } from '../../../stack/src';
import { type BenchData, recordsOf } from './bench-data';
import { BenchTopic } from './bench-topic';
import { type IngestBenchOptions } from './ingest-options';
import { type Measurement, measureConsumer } from './measure-consumer';

const ROOT = resolve(__dirname, '../../../..');

/** What is measured: the ingest, the bare loop with the driver's own encoding, and the one that encodes answers by hand. */
export const SIDES = ['ingest', 'bare loop', 'by hand'] as const;
export type Side = (typeof SIDES)[number];

export interface BenchRunParts {
  readonly options: IngestBenchOptions;
  readonly data: BenchData;
  readonly stack: StackSettings;
  /** Part of all names of this run: lower-case letters, digits, `_`; at most 20. */
  readonly name: string;
  readonly signal: AbortSignal;
}

/**
 * One topic, and for each side a keyspace and a group of its own, so that both read the same records and write to empty
 * tables. All of it is dropped at the end, also after a failure.
 *
 * @param order which side is measured first
 */
export async function benchRun(parts: BenchRunParts, order: readonly Side[]): Promise<Map<Side, Measurement>> {
  const worlds = await worldsOf(parts);
  const { ingest } = worlds;
  const topic = new BenchTopic(settingOf(ingest, 'KAFKA_BROKERS'), ingest.topicPrefix);
  try {
    await topic.open(parts.options.partitions);
    await new DemoServers(ingest).send(topic.name, recordsOf(parts.data));
    const figures = new Map<Side, Measurement>();
    for (const side of order) figures.set(side, await measureSide(side, worlds[side], topic, parts));
    return figures;
  } finally {
    await topic.close();
    for (const world of Object.values(worlds)) await drop(world);
  }
}

async function worldsOf({ options, stack, name }: BenchRunParts): Promise<Record<Side, DemoWorld>> {
  const ports = await twoFreePorts();
  const { events: attempts, layout } = options;
  const make = (ending: string) =>
    demoWorld({ layout, learners: 0, attempts, name: `${name}_${ending}` }, stack, ports);
  const [ingest, bare, hand] = [make('ingest'), make('bare'), make('hand')];
  const shared = { KAFKA_TOPIC_PREFIX: ingest.topicPrefix, LOG_LEVEL: 'info' };
  const withGroup = (world: DemoWorld): DemoWorld => ({
    ...world,
    environment: { ...world.environment, ...shared, KAFKA_GROUP_ID: groupOf(world) },
  });
  const byHand = { ...hand, environment: { ...hand.environment, BARE_LOOP_ENCODING: 'by-hand' } };
  return { ingest: withGroup(ingest), 'bare loop': withGroup(bare), 'by hand': withGroup(byHand) };
}

async function measureSide(
  side: Side,
  world: DemoWorld,
  topic: BenchTopic,
  { data, options, signal }: BenchRunParts,
): Promise<Measurement> {
  signal.throwIfAborted();
  await runApp('migrator', ['schema', 'up'], world);
  const measurement = await measureConsumer({
    args: argumentsOf(side, world),
    environment: world.environment,
    events: await topic.size(),
    committed: () => topic.committed(groupOf(world)),
    endsBySignal: side !== 'ingest',
    signal,
  });
  const table = options.layout === 'split' ? 'assessment_raw' : 'assessment_aggregator';
  const rows = await new DemoServers(world).rows(table);
  if (rows !== data.distinctAttempts) {
    throw new Error(`${side}: ${rows} rows in ${table} of ${data.distinctAttempts} attempts`);
  }
  return measurement;
}

/** The bare loop is transpiled first, so that it runs in Node alone and the transpiler is not measured. */
function argumentsOf(side: Side, world: DemoWorld): string[] {
  if (side === 'ingest') return [join(ROOT, 'dist/apps/ingest/main.js'), '--until-caught-up'];
  const file = join(world.folder, 'bare-loop.js');
  const source = readFileSync(join(__dirname, 'bare-loop.ts'), 'utf8');
  const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 };
  writeFileSync(file, transpileModule(source, { compilerOptions }).outputText);
  return [file];
}

async function drop(world: DemoWorld): Promise<void> {
  await new DemoServers(world).clear();
  rmSync(world.folder, { recursive: true, force: true });
}

/** By this name it is deleted with the rest. */
const groupOf = ({ topicPrefix }: DemoWorld): string => `${topicPrefix}-ingest`;

function settingOf({ environment }: DemoWorld, name: string): string {
  const value = environment[name];
  if (value === undefined) throw new Error(`the local stack gives no ${name}`);
  return value;
}
