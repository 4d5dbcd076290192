import { type StorageLayout } from '@scorekeep/core/domain-scoring';

/** How large the demo's data set is, and where it goes. */
export interface DemoOptions {
  readonly layout: StorageLayout;
  readonly learners: number;
  /** Distinct attempts. */
  readonly attempts: number;
  /** Keeps keyspaces, topics, objects and files of two runs apart: lower-case letters, digits, `_`. */
  readonly name: string;
}

export const usage = `usage: npm run demo [-- --layout unified|split]

Starts the local stack, sends a generated data set through the whole pipeline and compares scores and reports
before and after archival. Ends with 1 when anything differs.`;

/** @returns undefined when the arguments are not understood */
export function parseDemoOptions(args: readonly string[]): DemoOptions | undefined {
  const [flag = '--layout', layout = 'unified', ...rest] = args.flatMap((arg) => arg.split('='));
  if (flag !== '--layout' || rest.length > 0 || (layout !== 'unified' && layout !== 'split')) return undefined;
  return { layout, learners: 2_000, attempts: 10_000, name: `demo_${layout}` };
}
