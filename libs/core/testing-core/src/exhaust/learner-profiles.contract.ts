import { type LearnerProfile, type LearnerProfiles, unknownProfile } from '@scorekeep/core/domain-exhaust';

export interface LearnerProfilesUnderTest {
  readonly profiles: LearnerProfiles;
  readonly add: (userId: string, profile: LearnerProfile) => Promise<void>;
}

/** What every implementation of `LearnerProfiles` does. Ids are made anew for each test by `idOf`. */
export function describeLearnerProfiles(
  name: string,
  create: () => Promise<LearnerProfilesUnderTest>,
  idOf: (label: string) => string,
): void {
  describe(`${name} as LearnerProfiles`, () => {
    let subject: LearnerProfilesUnderTest;

    beforeEach(async () => {
      subject = await create();
    });

    it('knows every field of a profile', async () => {
      const userId = idOf('known');
      const fields = Object.keys(unknownProfile).map((field) => [field, `${field}, "1" 😀`]);
      const profile = Object.fromEntries(fields) as unknown as LearnerProfile;
      await subject.add(userId, profile);
      expect(await subject.profiles.profilesOf([userId])).toEqual(new Map([[userId, profile]]));
    });

    it('has empty fields where a profile says nothing', async () => {
      const userId = idOf('partly');
      await subject.add(userId, { ...unknownProfile, state: 'Goa' });
      expect((await subject.profiles.profilesOf([userId])).get(userId)).toEqual({ ...unknownProfile, state: 'Goa' });
    });

    it('does not have who is unknown', async () => {
      expect(await subject.profiles.profilesOf([idOf('unknown')])).toEqual(new Map());
      expect(await subject.profiles.profilesOf([])).toEqual(new Map());
    });

    it('answers for many learners at once, repeated ones and ids with any characters too', async () => {
      const everyone = Array.from({ length: 1200 }, (_, index) => idOf(`learner ${index} ${'ü😀"'.slice(index % 2)}`));
      const known = everyone.filter((_, index) => index % 3 === 0);
      const schoolOf = (userId: string) => ({ ...unknownProfile, schoolName: `school of ${userId}` });
      await Promise.all(known.map((userId) => subject.add(userId, schoolOf(userId))));
      const found = await subject.profiles.profilesOf([...everyone, ...everyone]);
      expect(found).toEqual(new Map(known.map((userId) => [userId, schoolOf(userId)])));
    });
  });
}
