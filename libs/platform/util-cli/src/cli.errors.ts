import { AppError } from '@scorekeep/platform/util-errors';

/**
 * A command line that makes no sense. Thrown by an option's parser or by a command that finds its options contradictory:
 * the message and the usage go to stderr, exit 2. The code is the one by which commander knows a bad value.
 */
export class UsageError extends AppError {
  constructor(message: string) {
    super('commander.invalidArgument', message);
    this.name = 'UsageError';
  }
}

/** Why work stopped: somebody pressed Ctrl-C. */
export class InterruptedError extends AppError {
  constructor(signal: string) {
    super('CLI.INTERRUPTED', `interrupted by ${signal}`, { context: { signal } });
    this.name = 'InterruptedError';
  }
}
