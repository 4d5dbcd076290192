import { CourseCatalogue } from '@scorekeep/core/domain-scoring';

/** Stands in where no catalogue is configured: nothing is known of courses and contents, so everything is valid. */
export class UnknownCourseCatalogue extends CourseCatalogue {
  override async leafNodesOf(): Promise<undefined> {
    return undefined;
  }

  override async totalQuestionsOf(): Promise<undefined> {
    return undefined;
  }
}
