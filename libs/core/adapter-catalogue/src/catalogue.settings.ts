import { Setting } from '@scorekeep/platform/util-config';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

export class CatalogueSettings {
  @Setting('Redis with leaf nodes, contents and profiles; without it they are asked of CONTENT_API_URL', {
    secret: true,
  })
  @IsOptional()
  @Matches(/^rediss?:\/\/\S+$/, { message: '$property must be a URL redis://host:port or rediss://host:port' })
  REDIS_URL?: string;

  @Setting('number of the Redis database with leaf nodes')
  @IsInt()
  @Min(0)
  @Max(15)
  REDIS_RELATION_DB = 0;

  @Setting('number of the Redis database with contents')
  @IsInt()
  @Min(0)
  @Max(15)
  REDIS_CONTENT_DB = 0;

  @Setting('number of the Redis database with profiles of learners')
  @IsInt()
  @Min(0)
  @Max(15)
  REDIS_USER_DB = 0;

  @Setting(
    'URL of the content API: of the service (http://content-service:9000), or with the path that /read/<id> is appended to (https://host/api/content/v1)',
  )
  @IsOptional()
  @Matches(/^https?:\/\/[^\s?#]+$/, { message: '$property must be a URL http://host or https://host, without a query' })
  CONTENT_API_URL?: string;
}
