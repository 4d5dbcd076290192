import { resolve } from 'node:path';
import { buildableApps, buildApps } from '../../build/src';
import { startStack } from '../../stack/src';
import { parseDemoOptions, usage } from './demo-options';
import { Difference } from './difference';
import { tellStory } from './tell-story';

const ROOT = resolve(__dirname, '../../..');

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(args: readonly string[]): Promise<number> {
  const options = parseDemoOptions(args);
  if (!options) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  const startMs = performance.now();
  say('Starting Cassandra, Kafka, Redis and an S3 server; building the apps …');
  const stack = await startStack({ report: say });
  await buildApps(ROOT, buildableApps(ROOT));
  const { report } = await tellStory(options, stack, say);
  const seconds = Math.round((performance.now() - startMs) / 1000);
  say(`
Nothing was lost, doubled or changed. (${seconds} s)

  The last report:   ${report}
  Look around:       npm run stack -- status   addresses of the servers
                     npm run stack -- env      the apps' settings for them
  Stop the servers:  npm run stack -- stop     (their data stays; "wipe" removes it)`);
  return 0;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    const what =
      error instanceof Difference
        ? `A PROMISE IS BROKEN: ${error.message}`
        : String(error instanceof Error ? error.stack : error);
    process.stderr.write(`${what}\n`);
    process.exit(1);
  },
);
