import { CourseCatalogue } from '@scorekeep/core/domain-scoring';
import { AppError } from '@scorekeep/platform/util-errors';
import { contentApiUnavailable } from './catalogue.errors';
import { type ContentFields, contentInAnswer } from './content-answer';
import { contentReadUrl } from './content-read-url';
import { questionCountOf } from './question-count';
import { Turnstile } from './turnstile';

export interface ContentApiOptions {
  /** See `contentReadUrl`. */
  readonly url: string;
  /** How long an answer may take, its body included. */
  readonly timeoutMs: number;
  readonly maxRequests: number;
}

/** The content read API: a course's field `leafNodes`, a content's field `totalQuestions`. */
export class HttpCourseCatalogue extends CourseCatalogue {
  private readonly turnstile: Turnstile;

  constructor(private readonly options: ContentApiOptions) {
    super();
    this.turnstile = new Turnstile(options.maxRequests);
  }

  override async leafNodesOf(courseId: string): Promise<ReadonlySet<string> | undefined> {
    const leafNodes = (await this.read(courseId))?.['leafNodes'];
    const ids = Array.isArray(leafNodes) ? leafNodes.filter((id) => typeof id === 'string') : [];
    return ids.length > 0 ? new Set(ids) : undefined;
  }

  override async totalQuestionsOf(contentId: string): Promise<number | undefined> {
    return questionCountOf((await this.read(contentId))?.['totalQuestions']);
  }

  private async read(id: string): Promise<ContentFields | undefined> {
    const url = contentReadUrl(this.options.url, id);
    if (url === undefined) return undefined;
    return this.turnstile.pass(() => this.request(url));
  }

  private async request(url: string): Promise<ContentFields | undefined> {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(this.options.timeoutMs) });
      return contentInAnswer({ url, status: response.status, text: await response.text() });
    } catch (cause) {
      throw cause instanceof AppError ? cause : contentApiUnavailable('does not answer', url, cause);
    }
  }
}
