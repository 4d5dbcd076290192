import { AppError } from '@scorekeep/platform/util-errors';

export function cannotListen(host: string, port: number, setting: string, cause: NodeJS.ErrnoException): AppError {
  const reason = cause.code === 'EADDRINUSE' ? 'the port is taken' : cause.message;
  return new AppError('HTTP.CANNOT_LISTEN', `cannot listen on ${host}:${port} (HTTP_HOST, ${setting}): ${reason}`, {
    cause,
  });
}
