import { steps } from './steps';
import { add, nothing, type Step, type StepCounts, summaryLine } from './step';

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Runs the named steps, or all of them, each whatever became of the others. @returns the exit code */
async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    say(`no such step: ${unknown.join(', ')}; there are ${steps.map(({ name }) => name).join(', ')}`);
    return 2;
  }
  const chosen = names.length === 0 ? steps : steps.filter(({ name }) => names.includes(name));
  const results: { readonly step: Step; readonly counts: StepCounts; readonly seconds: number }[] = [];
  for (const step of chosen) {
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

void main(process.argv.slice(2)).then((code) => process.exit(code));
