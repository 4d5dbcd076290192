import { type LearnerProfile, LearnerProfiles } from '@scorekeep/core/domain-exhaust';
import { type Redis } from 'ioredis';
import { isOfAnotherType } from './answered';
import { redisUnavailable } from './catalogue.errors';

/** Fields of the hash `user:<id>`. */
const FIELDS: Readonly<Record<keyof LearnerProfile, string>> = {
  state: 'state',
  district: 'district',
  orgName: 'orgname',
  schoolId: 'schooludisecode',
  schoolName: 'schoolname',
  block: 'block',
  cluster: 'cluster',
  board: 'board',
  userType: 'usertype',
  userSubType: 'usersubtype',
  rootOrgId: 'rootorgid',
};
const PROPERTIES = Object.keys(FIELDS) as (keyof LearnerProfile)[];
const NAMES = PROPERTIES.map((property) => FIELDS[property]);

/** So many are asked for in one go, and no more are under way at once. */
const PROFILES_AT_ONCE = 500;

/** Profiles in Redis, hashes `user:<id>`. A key of another type is no profile. */
export class RedisLearnerProfiles extends LearnerProfiles {
  constructor(private readonly users: Redis) {
    super();
  }

  override async profilesOf(userIds: Iterable<string>): Promise<ReadonlyMap<string, LearnerProfile>> {
    const found = new Map<string, LearnerProfile>();
    const ids = [...new Set(userIds)];
    for (let start = 0; start < ids.length; start += PROFILES_AT_ONCE) {
      const asked = ids.slice(start, start + PROFILES_AT_ONCE);
      const answers = await this.valuesOf(asked);
      asked.forEach((userId, index) => {
        const profile = toProfile(answers[index] ?? []);
        if (profile) found.set(userId, profile);
      });
    }
    return found;
  }

  private async valuesOf(userIds: readonly string[]): Promise<readonly (readonly (string | null)[])[]> {
    const pipeline = this.users.pipeline();
    for (const userId of userIds) pipeline.hmget(`user:${userId}`, ...NAMES);
    const answers = await pipeline.exec().catch((cause: unknown) => {
      throw redisUnavailable(cause);
    });
    return (answers ?? []).map(([error, values]) => {
      if (error === null) return values as (string | null)[];
      if (isOfAnotherType(error)) return [];
      throw redisUnavailable(error);
    });
  }
}

/** @returns undefined where the hash has none of the fields */
function toProfile(values: readonly (string | null)[]): LearnerProfile | undefined {
  if (values.every((value) => value === null)) return undefined;
  const profile: Partial<Record<keyof LearnerProfile, string>> = {};
  PROPERTIES.forEach((property, index) => (profile[property] = values[index] ?? ''));
  return profile as LearnerProfile;
}
