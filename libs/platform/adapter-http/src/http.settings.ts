import { Setting } from '@scorekeep/platform/util-config';
import { IsInt, IsOptional, IsString, Max, Min } from 'class-validator';

/** Each app gives its own port: `withDefaults(HttpSettings, { HTTP_PORT: 3002 })`. */
export class HttpSettings {
  @Setting('address to listen on')
  @IsString()
  HTTP_HOST: string = '127.0.0.1';

  @Setting('port of the public routes, health and metrics')
  @IsInt()
  @Min(0)
  @Max(65535)
  HTTP_PORT: number;

  @Setting('port of the private routes; without it they are off')
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(65535)
  HTTP_PRIVATE_PORT?: number;
}
