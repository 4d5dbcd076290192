import { pino, stdSerializers, type DestinationStream, type Logger as Pino } from 'pino';
import pretty from 'pino-pretty';
import { type LogFields, Logger } from './logger';
import { type LogLevel } from './logging.settings';
import { redactedPaths } from './redacted-paths';

export interface LoggerOptions {
  /** Which process speaks: the app's name. */
  readonly name: string;
  /** Default `info`. */
  readonly level?: LogLevel;
  /** Services log to stdout; commands to stderr, so that stdout carries their result alone. */
  readonly destination: 'stdout' | 'stderr' | DestinationStream;
}

/** JSON lines, `level` in words and `time` in ISO 8601; readable lines instead when the destination is a terminal. */
export function createLogger({ name, level = 'info', destination }: LoggerOptions): Logger {
  return new PinoLogger(
    pino(
      {
        level,
        base: { name, pid: process.pid },
        messageKey: 'message',
        timestamp: pino.stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
        serializers: { error: stdSerializers.err },
        redact: { paths: [...redactedPaths], censor: '[hidden]' },
      },
      typeof destination === 'string' ? openStream(destination) : destination,
    ),
  );
}

/** Synchronous: the last lines before an exit are the ones that matter. */
function openStream(name: 'stdout' | 'stderr'): DestinationStream {
  const { fd, isTTY } = process[name];
  return isTTY
    ? pretty({ destination: fd, sync: true, messageKey: 'message', ignore: 'pid,name' })
    : pino.destination({ fd, sync: true });
}

class PinoLogger extends Logger {
  constructor(private readonly pino: Pino) {
    super();
  }

  trace(message: string, fields: LogFields = {}): void {
    this.pino.trace(fields, message);
  }
  debug(message: string, fields: LogFields = {}): void {
    this.pino.debug(fields, message);
  }
  info(message: string, fields: LogFields = {}): void {
    this.pino.info(fields, message);
  }
  warn(message: string, fields: LogFields = {}): void {
    this.pino.warn(fields, message);
  }
  error(message: string, fields: LogFields = {}): void {
    this.pino.error(fields, message);
  }
  fatal(message: string, fields: LogFields = {}): void {
    this.pino.fatal(fields, message);
  }
  child(fields: LogFields): Logger {
    return new PinoLogger(this.pino.child(fields));
  }
}
