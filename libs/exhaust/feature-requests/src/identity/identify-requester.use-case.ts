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
    if (this.options.identity === 'header') {
      if (!CHANNEL.test(claimed.channel ?? '')) throw invalidRequest('the header x-channel-id must name a channel');
      const channel = claimed.channel ?? '';
      return { userId, channel, organisationId: channel };
    }
    if (claimed.userId !== undefined && claimed.userId !== userId) {
      throw notYours("x-authenticated-userid is not the token's user");
    }
    const organisationId = (await this.profiles.profilesOf([userId])).get(userId)?.rootOrgId ?? '';
    if (!CHANNEL.test(organisationId)) throw notYours("the token's user belongs to no organisation");
    if (claimed.channel !== undefined && claimed.channel !== organisationId) {
      throw notYours("x-channel-id is not the channel of the token's user");
    }
    return { userId, channel: organisationId, organisationId };
  }
}
