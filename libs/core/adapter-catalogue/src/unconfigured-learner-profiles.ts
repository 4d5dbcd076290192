import { type LearnerProfile, LearnerProfiles } from '@scorekeep/core/domain-exhaust';
import { type SayOnce } from './say-once';

/** Stands in where no profiles are configured: nobody has one. */
export class UnconfiguredLearnerProfiles extends LearnerProfiles {
  constructor(private readonly missed: SayOnce) {
    super();
  }

  override async profilesOf(): Promise<ReadonlyMap<string, LearnerProfile>> {
    this.missed.say();
    return new Map();
  }
}
