import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AppError, messageOf } from '@scorekeep/platform/util-errors';
import { JAVA } from '../machine/requirements';
import { type ServerPrograms, type ServerSite, type StackServer } from './stack-server';

const address = (site: ServerSite) => `127.0.0.1:${site.ports.KAFKA_PORT}`;
const propertiesFile = (site: ServerSite) => join(site.configFolder, 'kafka.properties');

export const kafkaServer: StackServer = {
  name: 'kafka',
  title: 'Kafka 4.2',
  runsOn: JAVA,
  jarProfile: 'kafka',
  ports: ['KAFKA_PORT', 'CONTROLLER_PORT'],
  templates: ['kafka.properties'],
  prepare: formatStorage,
  command: (site, { program, classPath }) => [
    program,
    '-Xmx384m',
    '-XX:+UseSerialGC',
    '-Dorg.slf4j.simpleLogger.showDateTime=true',
    '-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd HH:mm:ss,SSS',
    '-cp',
    classPath,
    'kafka.Kafka',
    propertiesFile(site),
  ],
  probe: probeKafka,
  address,
  settings: (site) => ({ KAFKA_BROKERS: address(site) }),
};

/** A broker starts only on formatted storage. What a killed run left half done holds nothing yet and goes. */
async function formatStorage(site: ServerSite, { program, classPath }: ServerPrograms): Promise<void> {
  const storage = join(site.dataFolder, 'kafka');
  const formatted = join(site.dataFolder, 'run', 'kafka.formatted');
  if (existsSync(formatted)) return;
  rmSync(storage, { recursive: true, force: true });
  const clusterId = randomBytes(16).toString('base64url');
  const tool = ['-cp', classPath, 'kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', propertiesFile(site)];
  await promisify(execFile)(program, tool).catch((error: unknown) => {
    throw new AppError('STACK.KAFKA_FORMAT', `Kafka could not format ${storage}: ${messageOf(error)}`, {
      cause: error,
    });
  });
  writeFileSync(formatted, clusterId);
}

async function probeKafka(site: ServerSite): Promise<void> {
  const { Kafka, logLevel } = await import('kafkajs');
  const admin = new Kafka({
    clientId: 'stack',
    brokers: [address(site)],
    connectionTimeout: 3000,
    requestTimeout: 3000,
    retry: { retries: 0 },
    logLevel: logLevel.NOTHING,
  }).admin();
  try {
    await admin.connect();
    await admin.listTopics();
  } finally {
    await admin.disconnect();
  }
}
