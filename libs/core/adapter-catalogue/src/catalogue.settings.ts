import { Setting } from '@scorekeep/platform/util-config';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

export class CatalogueSettings {
  @Setting('Redis with leaf nodes, contents and profiles; without it every content counts as valid', { secret: true })
  @IsOptional()
  @Matches(/^rediss?:\/\/\S+$/, { message: '$property must be a URL redis://host:port or rediss://host:port' })
  REDIS_URL?: string;

  @Setting('number of the database with leaf nodes')
  @IsInt()
  @Min(0)
  @Max(15)
  REDIS_RELATION_DB = 0;
}
