import { Injectable } from '@nestjs/common';
import { type AttemptIdentity, CourseCatalogue } from '@scorekeep/core/domain-scoring';

/** Tells whether a content belongs to its course, as far as the catalogue knows. */
@Injectable()
export class CheckContent {
  constructor(private readonly catalogue: CourseCatalogue) {}

  /** @returns why the content is refused; undefined when it is valid @throws CATALOGUE.UNAVAILABLE */
  async execute({ courseId, contentId }: AttemptIdentity): Promise<'invalid content' | undefined> {
    const leafNodes = await this.catalogue.leafNodesOf(courseId);
    return leafNodes && !leafNodes.has(contentId) ? 'invalid content' : undefined;
  }
}
