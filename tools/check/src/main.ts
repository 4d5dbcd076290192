import { runSteps } from './run-steps';
import { everything, stepsFor } from './steps';

/** Runs the named steps, or all of them. @returns the exit code */
async function main(names: readonly string[]): Promise<number> {
  const steps = stepsFor(everything);
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    process.stdout.write(
      `no such step: ${unknown.join(', ')}; there are ${steps.map(({ name }) => name).join(', ')}\n`,
    );
    return 2;
  }
  return runSteps(names.length === 0 ? steps : steps.filter(({ name }) => names.includes(name)));
}

void main(process.argv.slice(2)).then((code) => process.exit(code));
