import { type CatalogueFreshness, CourseCatalogue } from '@scorekeep/core/domain-scoring';
import { type MemoryOptions, RememberedAnswers } from './remembered-answers';

export interface CatalogueCacheOptions extends Pick<MemoryOptions<unknown>, 'rememberMs' | 'recentMs' | 'nowMs'> {
  /** Most ids of contents remembered, those of courses included. */
  readonly maxIds: number;
}

/** Remembers the answers of another catalogue for a short time; equal questions at once are asked once. */
export class CachingCourseCatalogue extends CourseCatalogue {
  private readonly leafNodes: RememberedAnswers<ReadonlySet<string>>;
  private readonly totalQuestions: RememberedAnswers<number>;

  constructor(source: CourseCatalogue, { maxIds: maxWeight, ...times }: CatalogueCacheOptions) {
    super();
    this.leafNodes = new RememberedAnswers((id) => source.leafNodesOf(id, 'recent'), {
      ...{ ...times, maxWeight },
      weightOf: (ids) => 1 + (ids?.size ?? 0),
    });
    this.totalQuestions = new RememberedAnswers((id) => source.totalQuestionsOf(id, 'recent'), {
      ...{ ...times, maxWeight },
      weightOf: () => 1,
    });
  }

  override async leafNodesOf(courseId: string, freshness: CatalogueFreshness = 'remembered') {
    return this.leafNodes.answerFor(courseId, freshness);
  }

  override async totalQuestionsOf(contentId: string, freshness: CatalogueFreshness = 'remembered') {
    return this.totalQuestions.answerFor(contentId, freshness);
  }
}
