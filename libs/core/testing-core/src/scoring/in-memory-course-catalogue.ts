import { type CatalogueFreshness, CourseCatalogue } from '@scorekeep/core/domain-scoring';
import { AppError } from '@scorekeep/platform/util-errors';

/** What courses and contents are known of, in memory. Everything it was asked is remembered. */
export class InMemoryCourseCatalogue extends CourseCatalogue {
  readonly leafNodes = new Map<string, ReadonlySet<string>>();
  readonly totalQuestions = new Map<string, number>();
  /** `leaf nodes <course id>` or `total questions <content id>`, in order. */
  readonly questions: string[] = [];
  /** While true, nothing is answered. */
  isDown = false;

  override async leafNodesOf(courseId: string, freshness?: CatalogueFreshness) {
    this.ask(`leaf nodes ${courseId}`, freshness);
    return this.leafNodes.get(courseId);
  }

  override async totalQuestionsOf(contentId: string, freshness?: CatalogueFreshness) {
    this.ask(`total questions ${contentId}`, freshness);
    return this.totalQuestions.get(contentId);
  }

  private ask(question: string, freshness?: CatalogueFreshness): void {
    this.questions.push(freshness === 'recent' ? `${question}, recent` : question);
    if (this.isDown) throw new AppError('CATALOGUE.UNAVAILABLE', 'the catalogue is down', { retryable: true });
  }
}
