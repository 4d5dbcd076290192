import { IsDuration, Setting } from '@scorekeep/platform/util-config';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

export class RateLimitSettings {
  @Setting('most calls of one user within RATE_LIMIT_WINDOW; 0: no limit')
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  RATE_LIMIT_REQUESTS: number = 1_000;

  @Setting('for how long calls are counted, at least 1s')
  @IsDuration()
  @Matches(/^(?!0|\d{1,3}ms)/, { message: '$property must be at least 1s' })
  RATE_LIMIT_WINDOW: string = '1m';

  @Setting('Redis in which instances share their counts of calls; without it each counts alone', { secret: true })
  @IsOptional()
  @Matches(/^rediss?:\/\/\S+$/, { message: '$property must be a URL redis://host:port or rediss://host:port' })
  REDIS_URL?: string;
}
