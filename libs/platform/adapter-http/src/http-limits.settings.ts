import { IsDuration, parseDurationMs, Setting } from '@scorekeep/platform/util-config';
import { IsInt, Max, Min } from 'class-validator';

/** How much an API takes on before it says no. */
export class HttpLimitSettings {
  @Setting('requests that are worked on at once; more wait')
  @IsInt()
  @Min(1)
  @Max(10_000)
  HTTP_CONCURRENCY_MAX: number = 32;

  @Setting('requests that may wait for their turn; more are refused at once (503)')
  @IsInt()
  @Min(0)
  @Max(10_000)
  HTTP_WAITING_MAX: number = 16;

  @Setting('how long a request may wait for its turn; then it is refused (503)')
  @IsDuration()
  HTTP_WAIT_MAX: string = '100ms';

  @Setting('how long a request may be worked on; then it is answered with 503')
  @IsDuration()
  HTTP_REQUEST_TIMEOUT: string = '10s';

  @Setting('largest body, bytes; a larger one is refused (413)')
  @IsInt()
  @Min(1_024)
  @Max(100 * 1024 * 1024)
  HTTP_BODY_MAX_BYTES: number = 4 * 1024 * 1024;

  @Setting('how long a stopping app goes on listening after it has said that it is not ready')
  @IsDuration()
  HTTP_SHUTDOWN_DELAY: string = '0';
}

/** What the settings say, in numbers. */
export interface HttpLimits {
  readonly maxConcurrent: number;
  readonly maxWaiting: number;
  readonly maxWaitMs: number;
  readonly requestTimeoutMs: number;
  readonly maxBodyBytes: number;
  readonly shutdownDelayMs: number;
}

export function httpLimits(settings: HttpLimitSettings = new HttpLimitSettings()): HttpLimits {
  return {
    maxConcurrent: settings.HTTP_CONCURRENCY_MAX,
    maxWaiting: settings.HTTP_WAITING_MAX,
    maxWaitMs: parseDurationMs(settings.HTTP_WAIT_MAX),
    requestTimeoutMs: parseDurationMs(settings.HTTP_REQUEST_TIMEOUT),
    maxBodyBytes: settings.HTTP_BODY_MAX_BYTES,
    shutdownDelayMs: parseDurationMs(settings.HTTP_SHUTDOWN_DELAY),
  };
}
