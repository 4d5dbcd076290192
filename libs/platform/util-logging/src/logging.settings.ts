import { Setting } from '@scorekeep/platform/util-config';
import { IsIn } from 'class-validator';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export type LogLevel = (typeof logLevels)[number];

export class LoggingSettings {
  @Setting('least important level that is logged: trace, debug, info, warn, error, fatal or silent')
  @IsIn(logLevels)
  LOG_LEVEL: LogLevel = 'info';
}
