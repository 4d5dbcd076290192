import { rmSync } from 'node:fs';
import { DemoServers, type DemoWorld, demoWorld, runApp, twoFreePorts } from '../../../demo/src';
import { type StackSettings } from '../../../stack/src';
import { type StorageLayout } from '@scorekeep/core/domain-scoring';
import { BenchTopic } from '../ingest/bench-topic';

/** A keyspace, topics and a group of a benchmark's own, and how far the group is. */
export interface ServiceWorld {
  readonly world: DemoWorld;
  readonly topic: BenchTopic;
  readonly servers: DemoServers;
  /** Records of the topic that the group has not committed. */
  lag(): Promise<number>;
  drop(): Promise<void>;
}

export interface ServiceWorldShape {
  readonly partitions: number;
  /** Default unified. */
  readonly layout?: StorageLayout;
  /** Of the apps, beside those of the servers. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** @param name part of all names: lower-case letters, digits, `_` */
export async function serviceWorld(
  name: string,
  stack: StackSettings,
  { partitions, layout = 'unified', settings = {} }: ServiceWorldShape,
): Promise<ServiceWorld> {
  const made = demoWorld({ layout, learners: 0, attempts: 0, name }, stack, await twoFreePorts());
  const world = { ...made, environment: { ...made.environment, ...settings } };
  const servers = new DemoServers(world);
  const topic = new BenchTopic(world.environment['KAFKA_BROKERS'] ?? '', world.topicPrefix);
  await runApp('migrator', ['schema', 'up'], world);
  await topic.open(partitions);
  return {
    ...{ world, topic, servers },
    lag: async () => (await topic.size()) - (await topic.committed(`${world.topicPrefix}-ingest`)),
    drop: async () => {
      await topic.close();
      await servers.clear();
      rmSync(world.folder, { recursive: true, force: true });
    },
  };
}
