import { unknownProfile } from '@scorekeep/core/domain-exhaust';
import { InMemoryLearnerProfiles } from '@scorekeep/core/testing-core';
import { type RequestOptions } from '../request-options';
import { IdentifyRequester } from './identify-requester.use-case';

const profiles = new InMemoryLearnerProfiles();
profiles.add('official-1', { ...unknownProfile, rootOrgId: 'org-1' });
profiles.add('homeless', unknownProfile);
const identify = (identity: RequestOptions['identity'], userId: string, channel?: string, claimed?: string) =>
  new IdentifyRequester(profiles, { identity } as RequestOptions).execute({ userId }, { channel, userId: claimed });

describe('with a token', () => {
  it.each([
    { channel: undefined, claimed: undefined },
    { channel: 'org-1', claimed: 'official-1' },
  ])("channel and organisation are those of the token's user: $channel, $claimed", async ({ channel, claimed }) => {
    await expect(identify('token', 'official-1', channel, claimed)).resolves.toEqual({
      ...{ userId: 'official-1', channel: 'org-1', organisationId: 'org-1' },
    });
  });

  it.each([
    { userId: 'official-1', channel: 'org-2', claimed: undefined, words: 'x-channel-id' },
    { userId: 'official-1', channel: undefined, claimed: 'official-2', words: 'x-authenticated-userid' },
    { userId: 'nobody', channel: 'org-1', claimed: undefined, words: 'no organisation' },
    { userId: 'homeless', channel: undefined, claimed: undefined, words: 'no organisation' },
  ])('is refused: $userId, $channel, $claimed', async ({ userId, channel, claimed, words }) => {
    await expect(identify('token', userId, channel, claimed)).rejects.toMatchObject({
      code: 'EXHAUST.NOT_YOURS',
      message: expect.stringContaining(words) as string,
    });
  });
});

describe('with headers', () => {
  it('believes them', async () => {
    await expect(identify('header', 'anybody', 'channel-1')).resolves.toEqual({
      ...{ userId: 'anybody', channel: 'channel-1', organisationId: 'channel-1' },
    });
  });

  it.each([undefined, '', 'a b', 'a:b'])('wants a channel: %s', async (channel) => {
    await expect(identify('header', 'anybody', channel)).rejects.toMatchObject({ code: 'HTTP.INVALID_REQUEST' });
  });
});
