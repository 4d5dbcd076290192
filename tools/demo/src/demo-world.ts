import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type StackSettings } from '../../stack/src';
import { type DemoOptions } from './demo-options';

const ROOT = resolve(__dirname, '../../..');

/** Where the demo's data lies: a keyspace, topics, objects and a folder of its own on the shared servers. */
export interface DemoWorld {
  readonly options: DemoOptions;
  /** Settings of the apps. */
  readonly environment: Readonly<Record<string, string>>;
  readonly keyspace: string;
  readonly hierarchyKeyspace: string;
  readonly topicPrefix: string;
  readonly storagePrefix: string;
  /** Reports are written here. */
  readonly folder: string;
  readonly privatePort: number;
}

/** @param ports two free ports: health, private routes */
export function demoWorld(
  options: DemoOptions,
  stack: StackSettings,
  [port, privatePort]: readonly [number, number],
): DemoWorld {
  const folder = join(ROOT, 'data', options.name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const keyspace = `scorekeep_${options.name}`;
  const hierarchyKeyspace = `${keyspace}_hierarchy`;
  const topicPrefix = options.name.replaceAll('_', '-');
  const storagePrefix = `${options.name}/archival`;
  return {
    ...{ options, keyspace, hierarchyKeyspace, topicPrefix, storagePrefix, folder, privatePort },
    environment: {
      ...stack,
      CASSANDRA_KEYSPACE: keyspace,
      CASSANDRA_HIERARCHY_KEYSPACE: hierarchyKeyspace,
      KAFKA_TOPIC_PREFIX: topicPrefix,
      STORAGE_LAYOUT: options.layout,
      STORAGE_PROVIDER: 's3',
      ARCHIVE_PREFIX: storagePrefix,
      ARCHIVE_DELETE_AFTER: '0',
      HTTP_PORT: String(port),
      HTTP_PRIVATE_PORT: String(privatePort),
      LOG_LEVEL: 'warn',
    },
  };
}
