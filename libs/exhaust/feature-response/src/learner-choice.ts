import { Injectable } from '@nestjs/common';
import { Enrolments, LearnerProfiles, type ReportOrder } from '@scorekeep/core/domain-exhaust';
import { type StoredAttempt } from '@scorekeep/core/domain-scoring';
import { enrolledOnly } from './enrolled-attempts';

/** Whose attempts a report has. */
export type LearnersWanted = Pick<ReportOrder, 'includeUnenrolled' | 'organisationId'>;

export interface ChosenAttempts {
  /** In their order. */
  readonly attempts: readonly StoredAttempt[];
  /** How many were left out since their learner is not actively enrolled. */
  readonly unenrolled: number;
}

/** Chooses attempts by their learners. Learners of other organisations are not counted: who asks is not to know of them. */
@Injectable()
export class LearnerChoice {
  constructor(
    private readonly enrolments: Enrolments,
    private readonly profiles: LearnerProfiles,
  ) {}

  /** @throws CASSANDRA.*, CATALOGUE.UNAVAILABLE */
  async of(chunk: readonly StoredAttempt[], wanted: LearnersWanted): Promise<ChosenAttempts> {
    const theirs = await this.ofOrganisation(chunk, wanted.organisationId);
    if (wanted.includeUnenrolled) return { attempts: theirs, unenrolled: 0 };
    const attempts = await enrolledOnly(theirs, this.enrolments);
    return { attempts, unenrolled: theirs.length - attempts.length };
  }

  private async ofOrganisation(
    chunk: readonly StoredAttempt[],
    organisationId: string | undefined,
  ): Promise<readonly StoredAttempt[]> {
    if (organisationId === undefined) return chunk;
    const profiles = await this.profiles.profilesOf(chunk.map(({ userId }) => userId));
    return chunk.filter(({ userId }) => profiles.get(userId)?.rootOrgId === organisationId);
  }
}
