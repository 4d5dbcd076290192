import { type ContentNames, type LearnerProfiles, type OptionalNodes } from '@scorekeep/core/domain-exhaust';
import { type Redis } from 'ioredis';
import { type CatalogueSettings } from './catalogue.settings';
import { connectRedis } from './connect-redis';
import { HttpContentNames } from './http-content-names';
import { RedisLearnerProfiles } from './redis-learner-profiles';
import { RedisOptionalNodes } from './redis-optional-nodes';
import { SayOnce } from './say-once';
import {
  UnconfiguredContentNames,
  UnconfiguredLearnerProfiles,
  UnconfiguredOptionalNodes,
} from './unconfigured-sources';

const CONTENT_API = { timeoutMs: 10_000, maxRequests: 8 };

/**
 * What reports ask of the catalogue, as the settings name it. Nothing is connected before it is asked for. What is not
 * configured is unknown, and is warned of once, when a report would have needed it.
 */
export class ReportCatalogue {
  readonly profiles: LearnerProfiles;
  readonly optionalNodes: OptionalNodes;
  readonly names: ContentNames;
  private readonly databases: Redis[] = [];

  /** @param warn called with what is not configured, and with each error of a connection, which it itself survives */
  constructor(
    settings: CatalogueSettings,
    private readonly warn: (message: string) => void,
  ) {
    const { REDIS_URL: redis, REDIS_USER_DB, REDIS_RELATION_DB, CONTENT_API_URL } = settings;
    const once = (sentence: string): SayOnce => new SayOnce(sentence, warn);
    this.profiles = redis
      ? new RedisLearnerProfiles(this.database(redis, REDIS_USER_DB))
      : new UnconfiguredLearnerProfiles(
          once('no profiles of learners are configured: their columns stay empty (setting REDIS_URL)'),
        );
    this.optionalNodes = redis
      ? new RedisOptionalNodes(this.database(redis, REDIS_RELATION_DB))
      : new UnconfiguredOptionalNodes(
          once('no optional contents are configured: all contents count for the progress (setting REDIS_URL)'),
        );
    this.names = CONTENT_API_URL
      ? new HttpContentNames({ url: CONTENT_API_URL, ...CONTENT_API })
      : new UnconfiguredContentNames(
          once('no content search is configured: names that no hierarchy has stay empty (setting CONTENT_API_URL)'),
        );
  }

  close(): void {
    for (const redis of this.databases) redis.disconnect();
  }

  private database(url: string, number: number): Redis {
    const redis = connectRedis(url, number, ({ message }) => this.warn(`Redis: ${message}`), { lazyConnect: true });
    this.databases.push(redis);
    return redis;
  }
}
