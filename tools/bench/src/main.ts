import { apiBenchmark } from './api/api-benchmark';
import { archivalBenchmark } from './archival/archival-benchmark';
import { archivalMemoryBenchmark } from './archival-memory/archival-memory-benchmark';
import { archivalChaosBenchmark } from './archival-chaos/archival-chaos-benchmark';
import { type Benchmark } from './benchmark';
import { exhaustBenchmark } from './exhaust/exhaust-benchmark';
import { ingestBenchmark } from './ingest/ingest-benchmark';
import { ingestFuzzBenchmark } from './ingest-fuzz/ingest-fuzz-benchmark';
import { ingestOutageBenchmark } from './ingest-outage/ingest-outage-benchmark';
import { ingestSoakBenchmark } from './ingest-soak/ingest-soak-benchmark';
import { migrateBenchmark } from './migrate/migrate-benchmark';
import { startupBenchmark } from './startup/startup-benchmark';

const benchmarks: readonly Benchmark[] = [
  ingestBenchmark,
  ingestFuzzBenchmark,
  ingestOutageBenchmark,
  ingestSoakBenchmark,
  apiBenchmark,
  archivalBenchmark,
  archivalMemoryBenchmark,
  archivalChaosBenchmark,
  exhaustBenchmark,
  startupBenchmark,
  migrateBenchmark,
];

const list = (): string =>
  [
    'usage: npm run bench -- <name> [options]',
    '',
    ...benchmarks.map(({ name, summary }) => `${name}  ${summary}`),
  ].join('\n');

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help') {
    process.stdout.write(`${list()}\n`);
    return 0;
  }
  const benchmark = benchmarks.find((each) => each.name === name);
  if (!benchmark) {
    process.stderr.write(`error: no such benchmark: ${name}\n${list()}\n`);
    return 2;
  }
  if (args.includes('--help')) {
    process.stdout.write(`${benchmark.usage}\n`);
    return 0;
  }
  const code = await benchmark.run(args);
  if (code === 2) process.stderr.write(`${benchmark.usage}\n`);
  return code;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`error: ${String(error instanceof Error ? error.stack : error)}\n`);
    process.exit(1);
  },
);
