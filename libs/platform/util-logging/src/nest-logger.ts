import { type LoggerService } from '@nestjs/common';
import { messageOf } from '@scorekeep/platform/util-errors';
import { type LogFields, type Logger } from './logger';

/** Nest says at start-up what it has wired, a line per provider and route: of interest to a developer only. */
const wiring = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestFactory']);

/** Lets Nest's own lines go where all others go. Give it to `NestFactory` as `logger`. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    const fields = fieldsOf(rest);
    if (typeof fields['context'] === 'string' && wiring.has(fields['context']))
      this.logger.debug(text(message), fields);
    else this.logger.info(text(message), fields);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.logger.warn(text(message), fieldsOf(rest));
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.logger.debug(text(message), fieldsOf(rest));
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.logger.trace(text(message), fieldsOf(rest));
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.logger.fatal(text(message), fieldsOf(rest));
  }
  /** Nest passes `(message or error, stack?, context?)`. */
  error(message: unknown, ...rest: unknown[]): void {
    const stack = rest.length > 1 && typeof rest[0] === 'string' ? { stack: rest[0] } : {};
    const error = message instanceof Error ? { error: message } : {};
    this.logger.error(text(message), { ...fieldsOf(rest), ...stack, ...error });
  }
}

function text(message: unknown): string {
  return typeof message === 'object' && !(message instanceof Error) ? JSON.stringify(message) : messageOf(message);
}

/** The last argument is the context: the class that speaks. */
function fieldsOf(rest: readonly unknown[]): LogFields {
  const context = rest.at(-1);
  return typeof context === 'string' ? { context } : {};
}
