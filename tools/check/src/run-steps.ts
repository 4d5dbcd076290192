import { add, nothing, type Step, type StepCounts, summaryLine } from './step';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Runs each step, whatever became of the others; says at the end how each went. @returns the exit code */
export async function runSteps(steps: readonly Step[]): Promise<number> {
  const results: { readonly step: Step; readonly counts: StepCounts; readonly seconds: number }[] = [];
  for (const step of steps) {
    say(`\n=== ${step.name}: ${step.meaning}`);
    const startMs = performance.now();
    const counts = await run(step);
    results.push({ step, counts, seconds: (performance.now() - startMs) / 1000 });
  }
  say('');
  for (const { step, counts, seconds } of results) {
    say(
      `${counts.failed === 0 ? 'ok    ' : 'FAILED'} ${step.name.padEnd(12)} ${summaryLine(counts)} (${seconds.toFixed(0)} s)`,
    );
  }
  const total = results.map(({ counts }) => counts).reduce(add, nothing);
  say(summaryLine(total));
  return total.failed === 0 ? 0 : 1;
}

async function run(step: Step): Promise<StepCounts> {
  try {
    return await step.run();
  } catch (error) {
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return { ...nothing, failed: 1 };
  }
}
