import { Injectable } from '@nestjs/common';
import {
  BatchMetrics,
  type Enrolment,
  type LearnerMetrics,
  type LearnerProfile,
  LearnerProfiles,
  type ReportOrder,
} from '@scorekeep/core/domain-exhaust';

/** An enrolment that is in a report, with what is known of its learner. */
export interface KnownLearner {
  readonly enrolment: Enrolment;
  readonly profile: LearnerProfile | undefined;
  readonly metrics: LearnerMetrics | undefined;
}

export interface LearnersOfChunk {
  readonly learners: readonly KnownLearner[];
  /** Enrolments left out since they are not active. Not of other organisations: who asks is not to know of those. */
  readonly inactive: number;
}

/** Who is in a progress report, and what is known of them. */
@Injectable()
export class ProgressLearners {
  constructor(
    private readonly profiles: LearnerProfiles,
    private readonly metrics: BatchMetrics,
  ) {}

  /**
   * Those of the enrolments, in order, that an order asks for: active ones, unless others are wanted too, and only those of
   * learners of its organisation, if it names one.
   */
  async known(
    enrolments: readonly Enrolment[],
    { includeUnenrolled, organisationId }: ReportOrder,
  ): Promise<LearnersOfChunk> {
    const profiles = await this.profiles.profilesOf(enrolments.map(({ userId }) => userId));
    const isOfIt = ({ userId }: Enrolment): boolean =>
      organisationId === undefined || profiles.get(userId)?.rootOrgId === organisationId;
    const theirs = enrolments.filter(isOfIt);
    const chosen = theirs.filter(({ active }) => active || includeUnenrolled);
    const metrics = await this.metricsOf(chosen);
    const learners = chosen.map((enrolment) => ({
      enrolment,
      profile: profiles.get(enrolment.userId),
      metrics: metrics.get(enrolment.courseId)?.get(enrolment.userId),
    }));
    return { learners, inactive: theirs.length - chosen.length };
  }

  /** By course id and user id. */
  private async metricsOf(
    enrolments: readonly Enrolment[],
  ): Promise<ReadonlyMap<string, ReadonlyMap<string, LearnerMetrics>>> {
    const found = new Map<string, ReadonlyMap<string, LearnerMetrics>>();
    for (const { courseId, batchId } of enrolments) {
      if (found.has(courseId)) continue;
      const ofCourse = enrolments.filter((enrolment) => enrolment.courseId === courseId);
      const userIds = ofCourse.map(({ userId }) => userId);
      found.set(courseId, await this.metrics.metricsOf({ courseId, batchId }, userIds));
    }
    return found;
  }
}
