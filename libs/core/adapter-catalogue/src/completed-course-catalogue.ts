import { type CatalogueFreshness, CourseCatalogue } from '@scorekeep/core/domain-scoring';

/** The catalogue in Redis, completed by the content API: only it is asked for what Redis does not know of contents. */
export class CompletedCourseCatalogue extends CourseCatalogue {
  constructor(
    private readonly redis: CourseCatalogue,
    private readonly contentApi: CourseCatalogue,
  ) {
    super();
  }

  /** Of a course without leaf nodes in Redis none are known. */
  override async leafNodesOf(courseId: string, freshness?: CatalogueFreshness) {
    return this.redis.leafNodesOf(courseId, freshness);
  }

  override async totalQuestionsOf(contentId: string, freshness?: CatalogueFreshness) {
    const known = await this.redis.totalQuestionsOf(contentId, freshness);
    return known ?? (await this.contentApi.totalQuestionsOf(contentId, freshness));
  }
}
