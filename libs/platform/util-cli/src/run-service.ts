import { messageOf } from '@scorekeep/platform/util-errors';
import { loadSettings, SettingsError } from '@scorekeep/platform/util-config';
import { createLogger, type Logger, LoggingSettings, type LogLevel } from '@scorekeep/platform/util-logging';
import { InterruptedError } from './cli.errors';
import { exitCodes, type ExitCode } from './exit-codes';
import { type OutputStream } from './output';

/** A service that runs. `close` drains: it stops taking work, finishes what was begun, then lets connections go. */
export interface RunningService {
  close(): Promise<void>;
}

/** Starts a service. `signal` is aborted when it is to stop before it was up (waiting for a server, say). */
export type ServiceStart = (signal: AbortSignal) => Promise<RunningService>;

/** What is needed of `process`. */
export interface ServiceHost {
  readonly stderr: OutputStream;
  on(event: string, listener: (reason: unknown) => void): unknown;
  exit(code: number): void;
}

/** Longer than any drain should take, shorter than the 30 s after which orchestrators kill. */
const drainLimitMs = 25_000;

/**
 * Runs a service until SIGTERM or SIGINT, then closes it: exit 0. A second signal, or 25 s without an end: exit 1. Bad
 * settings: on stderr, exit 78. A failed start, an unhandled rejection: logged, exit 1.
 */
export async function runService(
  name: string,
  start: ServiceStart,
  host: ServiceHost = process,
  logger = serviceLogger(name),
): Promise<void> {
  dieOfUnhandled(host, logger);
  const stopping = listenForStop(host, logger);
  host.exit(await untilStopped(start, stopping, { host, logger }));
}

function serviceLogger(name: string): Logger {
  return createLogger({ name, level: logLevel(), destination: 'stdout' });
}

/** A bad LOG_LEVEL is reported together with all other bad settings, by the start that reads them. */
function logLevel(): LogLevel {
  try {
    return loadSettings([LoggingSettings]).get(LoggingSettings).LOG_LEVEL;
  } catch (error) {
    if (error instanceof SettingsError) return 'info';
    throw error;
  }
}

async function untilStopped(
  start: ServiceStart,
  stopping: AbortSignal,
  { host, logger }: { readonly host: ServiceHost; readonly logger: Logger },
): Promise<ExitCode> {
  try {
    const service = await start(stopping);
    await aborted(stopping);
    await service.close();
    logger.info('stopped');
    return exitCodes.ok;
  } catch (error) {
    if (error instanceof SettingsError) {
      host.stderr.write(`error: ${error.message}\n`);
      return exitCodes.badSettings;
    }
    if (error === stopping.reason) {
      logger.info('stopped before it was up');
      return exitCodes.ok;
    }
    logger.fatal(messageOf(error), { error });
    return exitCodes.failed;
  }
}

function listenForStop(host: ServiceHost, logger: Logger): AbortSignal {
  const stop = new AbortController();
  const onSignal = (signal: string): void => {
    if (stop.signal.aborted) {
      logger.error('told twice to stop: ending without draining', { signal });
      host.exit(exitCodes.failed);
      return;
    }
    logger.info('stopping', { signal });
    setTimeout(() => {
      logger.error('not drained in time: ending', { limitMs: drainLimitMs });
      host.exit(exitCodes.failed);
    }, drainLimitMs).unref();
    stop.abort(new InterruptedError(signal));
  };
  host.on('SIGTERM', () => onSignal('SIGTERM'));
  host.on('SIGINT', () => onSignal('SIGINT'));
  return stop.signal;
}

/** What nobody handled leaves a process in an unknown state; it must end, and be started anew. */
function dieOfUnhandled(host: ServiceHost, logger: Logger): void {
  const die = (reason: unknown): void => {
    logger.fatal(`unhandled: ${messageOf(reason)}`, { error: reason });
    host.exit(exitCodes.failed);
  };
  host.on('unhandledRejection', die);
  host.on('uncaughtException', die);
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}
