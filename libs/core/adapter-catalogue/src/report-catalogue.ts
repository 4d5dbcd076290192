import { type LearnerProfiles } from '@scorekeep/core/domain-exhaust';
import { type Redis } from 'ioredis';
import { type CatalogueSettings } from './catalogue.settings';
import { connectRedis } from './connect-redis';
import { RedisLearnerProfiles } from './redis-learner-profiles';
import { SayOnce } from './say-once';
import { UnconfiguredLearnerProfiles } from './unconfigured-learner-profiles';

/**
 * What reports ask of the catalogue, as the settings name it. Nothing is connected before it is asked for. What is not
 * configured is unknown, and is warned of once, when a report would have needed it.
 */
export class ReportCatalogue {
  readonly profiles: LearnerProfiles;
  private readonly databases: Redis[] = [];

  /** @param warn called with what is not configured, and with each error of a connection, which it itself survives */
  constructor(settings: CatalogueSettings, warn: (message: string) => void) {
    const { REDIS_URL: url, REDIS_USER_DB } = settings;
    const database = (number: number, url: string): Redis => {
      const redis = connectRedis(url, number, ({ message }) => warn(`Redis: ${message}`), { lazyConnect: true });
      this.databases.push(redis);
      return redis;
    };
    this.profiles = url
      ? new RedisLearnerProfiles(database(REDIS_USER_DB, url))
      : new UnconfiguredLearnerProfiles(
          new SayOnce('no profiles of learners: their columns stay empty (setting REDIS_URL)', warn),
        );
  }

  close(): void {
    for (const redis of this.databases) redis.disconnect();
  }
}
