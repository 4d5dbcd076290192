import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');

/** What the figures depend on, a line each: the machine, its load at the moment, versions. */
export function environmentLines(): string[] {
  const [cpu] = cpus();
  const memoryGb = (totalmem() / 2 ** 30).toFixed(0);
  const load = loadavg()
    .map((average) => average.toFixed(1))
    .join(', ');
  return [
    `machine   ${cpu?.model ?? 'unknown CPU'}, ${cpus().length} cores, ${memoryGb} GB; load average at the start ${load}`,
    `versions  node ${process.versions.node}, Cassandra ${serverVersion('cassandra-all')}, Kafka ${serverVersion('kafka_2.13')}, kafkajs ${packageVersion('kafkajs')}, cassandra-driver ${packageVersion('cassandra-driver')}`,
    `commit    ${commit()}`,
  ];
}

/** The stack runs the versions that its pom.xml pins. */
function serverVersion(artifact: string): string {
  const pom = readFileSync(join(ROOT, 'tools/stack/config/pom.xml'), 'utf8');
  return new RegExp(`<artifactId>${artifact}</artifactId>\\s*<version>([^<]+)<`).exec(pom)?.[1] ?? 'unknown';
}

function packageVersion(name: string): string {
  const file = join(ROOT, 'node_modules', name, 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
}

function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' }).trim();
  try {
    const isChanged = git('--no-optional-locks', 'status', '--porcelain') !== '';
    return `${git('rev-parse', '--short=12', 'HEAD')}${isChanged ? ' with uncommitted changes' : ''}`;
  } catch (error) {
    return `unknown (${(error as Error).message.split('\n')[0]})`;
  }
}
