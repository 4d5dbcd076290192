import { OptionalNodes } from '@scorekeep/core/domain-exhaust';
import { type Redis } from 'ioredis';
import { answered } from './answered';

/** Optional contents in Redis, the set `<courseId>:<courseId>:optionalnodes`. A key of another type says nothing. */
export class RedisOptionalNodes extends OptionalNodes {
  constructor(private readonly relations: Redis) {
    super();
  }

  override async optionalNodesOf(courseId: string): Promise<ReadonlySet<string>> {
    return new Set(await answered(this.relations.smembers(`${courseId}:${courseId}:optionalnodes`)));
  }
}
