import { type LearnerProfile, LearnerProfiles } from '@scorekeep/core/domain-exhaust';

/** Profiles that a test writes down. */
export class InMemoryLearnerProfiles extends LearnerProfiles {
  private readonly profiles = new Map<string, LearnerProfile>();

  add(userId: string, profile: LearnerProfile): void {
    this.profiles.set(userId, profile);
  }

  override async profilesOf(userIds: Iterable<string>): Promise<ReadonlyMap<string, LearnerProfile>> {
    const found = new Map<string, LearnerProfile>();
    for (const userId of userIds) {
      const profile = this.profiles.get(userId);
      if (profile) found.set(userId, profile);
    }
    return found;
  }
}
