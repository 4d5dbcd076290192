import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { buildApps } from '../../../build/src';
import { type Benchmark } from '../benchmark';
import { environmentLines } from '../environment';
import { parseNumbers } from '../option-values';
import { statisticsOf } from '../statistics';

const ROOT = resolve(__dirname, '../../../..');
const OPTIONS = { runs: { least: 1, most: 1_000, preset: 10 } };

/** What starts without arguments, and connects to its servers at once. */
const SERVICES = ['ingest', 'content-state-api'];

interface Start {
  readonly startMs: number;
  readonly rssMb: number;
  readonly modules: number;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** The built services until they first ask for a server. */
export const startupBenchmark: Benchmark = {
  name: 'startup',
  summary: 'how long a service takes to its first connection attempt, and what memory it has by then',
  usage: `usage: npm run bench -- startup [--runs 10]

  --runs  of each service, after one that is not counted`,
  async run(args) {
    const options = parseNumbers(args, OPTIONS);
    if (!options) return 2;
    environmentLines().forEach(say);
    await buildApps(ROOT, SERVICES);
    say('measure   from the start of the process to its first connect(), no server needed; median (least–most)');
    SERVICES.forEach((app) => say(figuresOf(app, options.runs)));
    return 0;
  },
};

function figuresOf(app: string, runs: number): string {
  start(app);
  const starts = Array.from({ length: runs }, () => start(app));
  const spread = (figures: readonly number[], unit: string): string => {
    const { median, min, max } = statisticsOf(figures);
    return `${median} ${unit} (${min}–${max})`;
  };
  return [
    app.padEnd(18),
    spread(
      starts.map(({ startMs }) => startMs),
      'ms',
    ),
    spread(
      starts.map(({ rssMb }) => rssMb),
      'MB RSS',
    ),
    `${starts[0]?.modules} files loaded`,
  ].join('  ');
}

function start(app: string): Start {
  const preload = join(__dirname, 'first-connection.js');
  const main = join(ROOT, 'dist/apps', app, 'main.js');
  const { stderr } = spawnSync(process.execPath, ['-r', preload, main], {
    encoding: 'utf8',
    env: { HTTP_PORT: '0', AUTH_MODE: 'header' },
  });
  const said = /^first-connection (.*)$/m.exec(stderr)?.[1];
  if (said === undefined) throw new Error(`${app} ended before it asked for a server:\n${stderr}`);
  return JSON.parse(said) as Start;
}
