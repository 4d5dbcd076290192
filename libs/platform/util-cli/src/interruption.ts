import { InterruptedError } from './cli.errors';
import { exitCodes } from './exit-codes';

/** Injected into commands: `signal` is aborted by Ctrl-C or SIGTERM; a command then stops at the next safe point. */
export class Interruption {
  constructor(readonly signal: AbortSignal) {}
}

/** What is needed of `process` to hear signals and to end. */
export type SignalHost = Pick<NodeJS.Process, 'on' | 'exit'>;

/** The first signal asks nicely, the second ends the process at once. */
export function interruptOnSignals(host: SignalHost, say: (text: string) => void): Interruption {
  const controller = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => {
    if (controller.signal.aborted) host.exit(exitCodes.interrupted);
    say(`${signal}: stopping at the next safe point; again to stop at once\n`);
    controller.abort(new InterruptedError(signal));
  };
  host.on('SIGINT', onSignal);
  host.on('SIGTERM', onSignal);
  return new Interruption(controller.signal);
}
