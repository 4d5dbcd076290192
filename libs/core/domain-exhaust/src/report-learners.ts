import { type CourseBatch } from './course-batch';
import { type Enrolments } from './enrolments.port';
import { type LearnerProfiles } from './learner-profiles.port';
import { type ReportOrder } from './report-producer.port';

/** Whose rows are in a report. */
export interface LearnersOfReport {
  readonly chosen: ReadonlySet<string>;
  /** Left out since they are not actively enrolled. Not of other organisations: who asks is not to know of those. */
  readonly unenrolled: ReadonlySet<string>;
}

/** Chooses learners as an order asks for them. */
export class ReportLearners {
  constructor(
    private readonly enrolments: Enrolments,
    private readonly profiles: LearnerProfiles,
  ) {}

  /** Actively enrolled ones, unless others are wanted too; only those of the order's organisation, if it names one. */
  async among(
    batch: CourseBatch,
    userIds: Iterable<string>,
    { includeUnenrolled, organisationId }: Pick<ReportOrder, 'includeUnenrolled' | 'organisationId'>,
  ): Promise<LearnersOfReport> {
    const theirs = await this.ofOrganisation(organisationId, new Set(userIds));
    if (includeUnenrolled) return { chosen: theirs, unenrolled: new Set() };
    const chosen = await this.enrolments.activeAmong(batch, theirs);
    return { chosen, unenrolled: new Set([...theirs].filter((userId) => !chosen.has(userId))) };
  }

  private async ofOrganisation(
    organisationId: string | undefined,
    userIds: ReadonlySet<string>,
  ): Promise<ReadonlySet<string>> {
    if (organisationId === undefined) return userIds;
    const profiles = await this.profiles.profilesOf(userIds);
    return new Set([...userIds].filter((userId) => profiles.get(userId)?.rootOrgId === organisationId));
  }
}
