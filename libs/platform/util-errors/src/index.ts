export { AppError, messageOf, type AppErrorOptions } from './app-error';
