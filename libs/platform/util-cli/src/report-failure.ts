import { AppError, messageOf } from '@scorekeep/platform/util-errors';
import { SettingsError } from '@scorekeep/platform/util-config';
import { InterruptedError, UsageError } from './cli.errors';
import { exitCodes, type ExitCode } from './exit-codes';
import { type OutputStream } from './output';

/**
 * Says on stderr why a command ended, and gives the exit code for it: one line for what was foreseen, the stack for what
 * was not. `usage` is shown after a UsageError.
 */
export function reportFailure(thrown: unknown, stderr: OutputStream, usage = ''): ExitCode {
  if (thrown instanceof SettingsError) {
    stderr.write(`error: ${thrown.message}\n`);
    return exitCodes.badSettings;
  }
  if (thrown instanceof UsageError) {
    stderr.write(`error: ${thrown.message}\n\n${usage}`);
    return exitCodes.badUsage;
  }
  if (thrown instanceof AppError) {
    stderr.write(`error: ${thrown.message} (${thrown.code})\n`);
    return thrown instanceof InterruptedError ? exitCodes.interrupted : exitCodes.failed;
  }
  stderr.write(`error: ${(thrown instanceof Error && thrown.stack) || messageOf(thrown)}\n`);
  return exitCodes.failed;
}
