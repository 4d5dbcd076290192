import { rmSync } from 'node:fs';
import { DemoServers, type DemoWorld, demoWorld, runApp, twoFreePorts } from '../../../demo/src';
import { type StackSettings } from '../../../stack/src';
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

/** @param name part of all names: lower-case letters, digits, `_` */
export async function serviceWorld(name: string, stack: StackSettings, partitions: number): Promise<ServiceWorld> {
  const options = { layout: 'unified', learners: 0, attempts: 0, name } as const;
  const world = demoWorld(options, stack, await twoFreePorts());
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
