import { resolve } from 'node:path';
import { buildApps } from './build-apps';
import { buildableApps } from './workspace';

const root = resolve(__dirname, '../../..');
const usage = 'usage: npm run build [-- <app>…]';

async function main(asked: readonly string[]): Promise<number> {
  const known = buildableApps(root);
  const unknown = asked.filter((app) => !known.includes(app));
  if (asked.includes('--help')) {
    process.stdout.write(`${usage}\napps: ${known.join(', ')}\n`);
    return 0;
  }
  if (unknown.length > 0) {
    process.stderr.write(`error: no such app: ${unknown.join(', ')}\n${usage}\napps: ${known.join(', ')}\n`);
    return 2;
  }
  const started = performance.now();
  const built = await buildApps(root, asked.length > 0 ? [...new Set(asked)] : known);
  built.forEach(({ app, files }) => process.stdout.write(`dist/apps/${app}/main.js  ${files} files\n`));
  process.stdout.write(`built in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  return 0;
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: Error) => {
    process.stderr.write(`error: ${error.message}\n`);
    process.exitCode = 1;
  },
);
