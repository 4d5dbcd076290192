import { resolve } from 'node:path';
import { buildApps } from '../../../build/src';
import { startStack } from '../../../stack/src';
import { type Benchmark } from '../benchmark';
import { environmentLines } from '../environment';
import { interruption } from '../interruption';
import { parseOptions } from '../option-values';
import { archivalChaos } from './archival-chaos';

const ROOT = resolve(__dirname, '../../../..');

const NUMBERS = {
  seconds: { least: 1, most: 86_400, preset: 3_600 },
  seed: { least: 0, most: 0xffff_ffff, preset: 1 },
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** The built archiver, killed again and again while learners submit: nothing lost, nothing twice. */
export const archivalChaosBenchmark: Benchmark = {
  name: 'archival-chaos',
  summary: 'archives, deletes and restores while learners submit, killed at random; compared with the model each round',
  usage: `usage: npm run bench -- archival-chaos [--seconds 3600] [--seed 1] [--layout unified|split]

  --seconds  no round begins later
  --seed     the same seed gives the same submissions and commands
  --layout   of the tables

Exit 1 when an attempt is lost, there twice or different, or a score is.`,
  async run(args) {
    const options = parseOptions(args, NUMBERS, { layout: ['unified', 'split'] as const });
    if (!options) return 2;
    const { seconds, seed } = options.numbers;
    const layout = options.chosen['layout'] ?? 'unified';
    const before = environmentLines();
    const stack = await startStack({ report: say });
    await buildApps(ROOT, ['archiver', 'ingest', 'migrator']);
    before.forEach(say);
    say(`chaos     ${seconds} s, seed ${seed}, ${layout} layout`);
    const name = `bench_chaos_${process.pid.toString(36)}`;
    const figures = await archivalChaos({ layout, seed, seconds, name }, stack, interruption(), say);
    const { rounds, submissions, commands, killed } = figures;
    say(`done      ${rounds} rounds, ${submissions} submissions, ${commands} commands, ${killed} of them killed`);
    return 0;
  },
};
