import { Redis } from 'ioredis';
import { type SampleCourse } from '@scorekeep/core/testing-core';

/** The contents of courses, as the ingest's content check finds them in Redis. */
export class LeafNodes {
  private readonly redis: Redis;

  constructor(
    url: string,
    private readonly courses: readonly SampleCourse[],
  ) {
    this.redis = new Redis(url);
  }

  async put(): Promise<void> {
    for (const { id, contents } of this.courses) {
      await this.redis.sadd(keyOf(id), ...contents.map((content) => content.id));
    }
  }

  /** Removes them and disconnects. */
  async remove(): Promise<void> {
    try {
      await this.redis.del(...this.courses.map(({ id }) => keyOf(id)));
    } finally {
      this.redis.disconnect();
    }
  }
}

const keyOf = (courseId: string): string => `${courseId}:${courseId}:leafnodes`;
