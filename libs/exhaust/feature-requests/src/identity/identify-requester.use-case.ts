import { Injectable } from '@nestjs/common';
import { LearnerProfiles } from '@scorekeep/core/domain-exhaust';
import { type Caller, invalidRequest } from '@scorekeep/platform/util-http';
import { RequestOptions } from '../request-options';
import { notYours } from '../requests.errors';
import { type ClaimedIdentity, type Requester } from './requester';

const CHANNEL = /^[\w.-]{1,128}$/;

/** Who asks: with a token, the token's user and the organisation of their profile; else who the headers say. */
@Injectable()
export class IdentifyRequester {
  constructor(
    private readonly profiles: LearnerProfiles,
    private readonly options: RequestOptions,
  ) {}

  /**
   * @param caller as authenticated
   * @throws EXHAUST.NOT_YOURS when a header contradicts the token; HTTP.INVALID_REQUEST without a channel
   */
  async execute({ userId }: Caller, claimed: ClaimedIdentity): Promise<Requester> {
    return this.options.identity === 'header' ? believed(userId, claimed) : this.proven(userId, claimed);
  }

  private async proven(userId: string, claimed: ClaimedIdentity): Promise<Requester> {
    if (differs(claimed.userId, userId)) throw notYours("x-authenticated-userid is not the token's user");
    const profile = (await this.profiles.profilesOf([userId])).get(userId);
    const organisationId = profile?.rootOrgId ?? '';
    if (!CHANNEL.test(organisationId)) throw notYours("the token's user belongs to no organisation");
    if (differs(claimed.channel, organisationId)) {
      throw notYours("x-channel-id is not the channel of the token's user");
    }
    return { userId, channel: organisationId, organisationId };
  }
}

function believed(userId: string, { channel = '' }: ClaimedIdentity): Requester {
  if (!CHANNEL.test(channel)) throw invalidRequest('the header x-channel-id must name a channel');
  return { userId, channel, organisationId: channel };
}

function differs(claimed: string | undefined, proven: string): boolean {
  return claimed !== undefined && claimed !== proven;
}
