import { type LearnerProfile } from './learner-profile';

/** Who learners are: where they live, what school and organisation they belong to. */
export abstract class LearnerProfiles {
  /**
   * Profiles by user id; learners without one are not in it. Read in bulk, with bounded concurrency whatever the number
   * of ids; repeated ids cost one read. Where no source is configured nobody has a profile.
   *
   * @throws CATALOGUE.UNAVAILABLE, retryable, when the source does not answer: nobody is taken for unknown then
   */
  abstract profilesOf(userIds: Iterable<string>): Promise<ReadonlyMap<string, LearnerProfile>>;
}
