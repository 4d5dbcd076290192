import { type Redis } from 'ioredis';
import { CourseCatalogue } from '@scorekeep/core/domain-scoring';
import { catalogueUnavailable } from './catalogue.errors';

export interface CatalogueCacheOptions {
  /** How long an answer is believed, ms; also "none known", so that a course published meanwhile is seen soon. */
  readonly cacheMs: number;
  /** Most courses remembered; the oldest answer goes first. */
  readonly maxCourses: number;
  readonly nowMs: () => number;
}

interface Cached {
  readonly leafNodes: ReadonlySet<string> | undefined;
  readonly untilMs: number;
}

/** Leaf nodes from the Redis set `<courseId>:<courseId>:leafnodes`, remembered for a short time. */
export class RedisCourseCatalogue extends CourseCatalogue {
  private readonly cache = new Map<string, Cached>();

  constructor(
    private readonly redis: Redis,
    private readonly options: CatalogueCacheOptions,
  ) {
    super();
  }

  override async leafNodesOf(courseId: string): Promise<ReadonlySet<string> | undefined> {
    const cached = this.cache.get(courseId);
    if (cached && cached.untilMs > this.options.nowMs()) return cached.leafNodes;
    const leafNodes = await this.readLeafNodes(courseId);
    this.remember(courseId, leafNodes);
    return leafNodes;
  }

  private async readLeafNodes(courseId: string): Promise<ReadonlySet<string> | undefined> {
    try {
      const ids = await this.redis.smembers(`${courseId}:${courseId}:leafnodes`);
      return ids.length > 0 ? new Set(ids) : undefined;
    } catch (cause) {
      throw catalogueUnavailable(cause);
    }
  }

  private remember(courseId: string, leafNodes: ReadonlySet<string> | undefined): void {
    this.cache.delete(courseId);
    this.cache.set(courseId, { leafNodes, untilMs: this.options.nowMs() + this.options.cacheMs });
    if (this.cache.size <= this.options.maxCourses) return;
    for (const oldest of this.cache.keys()) {
      this.cache.delete(oldest);
      return;
    }
  }
}
