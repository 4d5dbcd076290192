import { IsDuration, Setting } from '@scorekeep/platform/util-config';
import { IsInt, IsOptional, IsString, IsUrl, Matches, Max, Min, MinLength } from 'class-validator';

const FOLDER = String.raw`[A-Za-z0-9_.-]*[A-Za-z0-9_-][A-Za-z0-9_.-]*`;
const AT_LEAST_A_SECOND = /^(?!0|\d{1,3}ms)/;

/** Reports on demand. */
export class RequestsSettings {
  @Setting('what the keys of all reports begin with: folders separated by /')
  @Matches(new RegExp(`^${FOLDER}(/${FOLDER})*$`), {
    message: '$property must be folder names of letters, digits, ".", "_" or "-", separated by "/"',
  })
  EXHAUST_PREFIX: string = 'reports';

  @Setting('protects the passwords of reports while they are kept; without it encrypted reports are refused')
  @IsOptional()
  @IsString()
  @MinLength(8)
  EXHAUST_KEY_SECRET?: string;

  @Setting('how long a link to a report works')
  @IsDuration()
  @Matches(AT_LEAST_A_SECOND, { message: '$property must be at least 1s' })
  EXHAUST_URL_TTL: string = '24h';

  @Setting('most open requests of one channel; a further one is answered with 429')
  @IsInt()
  @Min(1)
  @Max(1_000)
  EXHAUST_OPEN_REQUESTS_MAX: number = 20;

  @Setting('reports that one worker makes at once')
  @IsInt()
  @Min(1)
  @Max(64)
  EXHAUST_WORKER_CONCURRENCY: number = 2;

  @Setting('for how long a worker that says nothing keeps a request; then another takes it over')
  @IsDuration()
  @Matches(AT_LEAST_A_SECOND, { message: '$property must be at least 1s' })
  EXHAUST_LEASE: string = '30s';

  @Setting('from the first failed try of a request to the second; three times as long to the third')
  @IsDuration()
  EXHAUST_RETRY_DELAY: string = '10s';

  @Setting('how often a worker looks for requests that nobody works on')
  @IsDuration()
  @Matches(/^(?!0|\d{1,2}ms)/, { message: '$property must be at least 100ms' })
  EXHAUST_SWEEP_INTERVAL: string = '5s';

  @Setting(
    'where callers reach this service, for links to reports in the local store; default http://HTTP_HOST:HTTP_PORT',
  )
  @IsOptional()
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  EXHAUST_PUBLIC_URL?: string;
}
