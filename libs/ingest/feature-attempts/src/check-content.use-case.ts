import { Injectable } from '@nestjs/common';
import { failureReasons } from '@scorekeep/core/contract-events';
import { type AttemptEvent, CourseCatalogue } from '@scorekeep/core/domain-scoring';
import { AdmissionOptions } from './admission-options';

export type ContentFault = typeof failureReasons.invalidContent | typeof failureReasons.tooManyQuestions;

/** Tells whether an attempt's content belongs to its course, and has the questions answered, as far as the catalogue knows. */
@Injectable()
export class CheckContent {
  constructor(
    private readonly catalogue: CourseCatalogue,
    private readonly options: AdmissionOptions,
  ) {}

  /** @returns why the attempt is refused; undefined when it is valid @throws CATALOGUE.UNAVAILABLE */
  async execute({ attempt, summary }: Pick<AttemptEvent, 'attempt' | 'summary'>): Promise<ContentFault | undefined> {
    const { courseId, contentId } = attempt;
    if (!(await this.belongs(courseId, contentId))) return failureReasons.invalidContent;
    if (!this.options.checksQuestionCount) return undefined;
    return (await this.has(contentId, summary.questionCount)) ? undefined : failureReasons.tooManyQuestions;
  }

  private async belongs(courseId: string, contentId: string): Promise<boolean> {
    const remembered = await this.catalogue.leafNodesOf(courseId);
    if (remembered?.has(contentId) ?? true) return true;
    const recent = await this.catalogue.leafNodesOf(courseId, 'recent');
    return recent?.has(contentId) ?? true;
  }

  private async has(contentId: string, questions: number): Promise<boolean> {
    const remembered = await this.catalogue.totalQuestionsOf(contentId);
    if (remembered === undefined || questions <= remembered) return true;
    const recent = await this.catalogue.totalQuestionsOf(contentId, 'recent');
    return recent === undefined || questions <= recent;
  }
}
