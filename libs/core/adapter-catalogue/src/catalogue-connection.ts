import { type Redis } from 'ioredis';
import { type CourseCatalogue } from '@scorekeep/core/domain-scoring';
import { CachingCourseCatalogue } from './caching-course-catalogue';
import { redisUnavailable } from './catalogue.errors';
import { type CatalogueSettings } from './catalogue.settings';
import { CompletedCourseCatalogue } from './completed-course-catalogue';
import { connectRedis } from './connect-redis';
import { HttpCourseCatalogue } from './http-course-catalogue';
import { RedisCourseCatalogue } from './redis-course-catalogue';
import { UnknownCourseCatalogue } from './unknown-course-catalogue';

const CONTENT_API = { timeoutMs: 5_000, maxRequests: 16 };
/** So many ids of typical length take some 20 MB. */
const CACHE = { rememberMs: 60_000, recentMs: 5_000, maxIds: 200_000 };

/** The catalogue that the settings name, and what it is connected to. */
export class CatalogueConnection {
  readonly catalogue: CourseCatalogue;
  private readonly databases = new Map<number, Redis>();

  /** @param onError called with each error of a connection, which the connection itself survives */
  constructor(
    private readonly settings: CatalogueSettings,
    private readonly onError: (error: Error) => void,
  ) {
    const source = this.source();
    this.catalogue = source
      ? new CachingCourseCatalogue(source, { ...CACHE, nowMs: () => performance.now() })
      : new UnknownCourseCatalogue();
  }

  /** False where no catalogue is configured: then everything is valid. */
  get isConfigured(): boolean {
    return !(this.catalogue instanceof UnknownCourseCatalogue);
  }

  /** @throws CATALOGUE.UNAVAILABLE when a configured Redis does not answer */
  async check(): Promise<void> {
    try {
      await Promise.all([...this.databases.values()].map((redis) => redis.ping()));
    } catch (cause) {
      throw redisUnavailable(cause);
    }
  }

  close(): void {
    for (const redis of this.databases.values()) redis.disconnect();
  }

  private source(): CourseCatalogue | undefined {
    const { REDIS_URL, REDIS_RELATION_DB, REDIS_CONTENT_DB, CONTENT_API_URL } = this.settings;
    const contentApi = CONTENT_API_URL && new HttpCourseCatalogue({ url: CONTENT_API_URL, ...CONTENT_API });
    if (REDIS_URL === undefined) return contentApi || undefined;
    const relations = this.database(REDIS_URL, REDIS_RELATION_DB);
    const redis = new RedisCourseCatalogue({ relations, contents: this.database(REDIS_URL, REDIS_CONTENT_DB) });
    return contentApi ? new CompletedCourseCatalogue(redis, contentApi) : redis;
  }

  private database(url: string, number: number): Redis {
    const redis = this.databases.get(number) ?? connectRedis(url, number, this.onError);
    this.databases.set(number, redis);
    return redis;
  }
}
