import { ContentNames, LearnerProfiles, OptionalNodes } from '@scorekeep/core/domain-exhaust';
import { type SayOnce } from './say-once';

/** Stands in where no profiles are configured: nobody has one. */
export class UnconfiguredLearnerProfiles extends LearnerProfiles {
  constructor(private readonly missed: SayOnce) {
    super();
  }

  override async profilesOf(): ReturnType<LearnerProfiles['profilesOf']> {
    this.missed.say();
    return new Map();
  }
}

/** Stands in where no optional contents are configured: all contents must be completed. */
export class UnconfiguredOptionalNodes extends OptionalNodes {
  constructor(private readonly missed: SayOnce) {
    super();
  }

  override async optionalNodesOf(): ReturnType<OptionalNodes['optionalNodesOf']> {
    this.missed.say();
    return new Set();
  }
}

/** Stands in where no search is configured: only hierarchies have names. */
export class UnconfiguredContentNames extends ContentNames {
  constructor(private readonly missed: SayOnce) {
    super();
  }

  override async namesOf(): ReturnType<ContentNames['namesOf']> {
    this.missed.say();
    return new Map();
  }
}
