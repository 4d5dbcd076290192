export { createLogger, type LoggerOptions } from './create-logger';
export { Logger, type LogFields } from './logger';
export { LoggingSettings, logLevels, type LogLevel } from './logging.settings';
export { NestLogger } from './nest-logger';
