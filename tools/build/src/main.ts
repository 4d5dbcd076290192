import { resolve } from 'node:path';
import { buildApps } from './build-apps';
import { allowPackages, installedPackages } from './package-list';
import { Transpiler } from './trace-app';
import { buildableApps, readWorkspace } from './workspace';

const root = resolve(__dirname, '../../..');
const allow = '--allow-packages';
const usage = `usage: npm run build [-- [${allow}] <app>…]`;

async function main(args: readonly string[]): Promise<number> {
  const known = buildableApps(root);
  const asked = args.filter((arg) => arg !== allow);
  const unknown = asked.filter((app) => !known.includes(app));
  if (asked.includes('--help')) {
    process.stdout.write(
      `${usage}\napps: ${known.join(', ')}\n${allow}: write apps/<app>/packages.json, and build nothing\n`,
    );
    return 0;
  }
  if (unknown.length > 0) {
    process.stderr.write(`error: no such app: ${unknown.join(', ')}\n${usage}\napps: ${known.join(', ')}\n`);
    return 2;
  }
  const apps = asked.length > 0 ? [...new Set(asked)] : known;
  return args.includes(allow) ? allowFor(apps) : build(apps);
}

async function allowFor(apps: readonly string[]): Promise<number> {
  const transpiler = new Transpiler(readWorkspace(root));
  for (const app of apps) {
    const packages = await installedPackages(transpiler, app);
    allowPackages(root, app, packages);
    process.stdout.write(`apps/${app}/packages.json  ${packages.length} packages\n`);
  }
  return 0;
}

async function build(apps: readonly string[]): Promise<number> {
  const started = performance.now();
  const built = await buildApps(root, apps);
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
