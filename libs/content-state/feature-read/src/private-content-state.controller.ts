import { Body, Controller, Post } from '@nestjs/common';
import { type ContentState } from '@scorekeep/core/domain-content-state';
import { ApiId, requestBody } from '@scorekeep/platform/util-http';
import { ReadContentState } from './read-content-state.use-case';
import { ReadStateOfUserRequest } from './read-state.request';
import { stateWanted } from './state-wanted.mapper';

/** For other services on the private network: the user is who the body says. */
@Controller('private/v1/content/state')
export class PrivateContentStateController {
  constructor(private readonly readContentState: ReadContentState) {}

  @Post('read')
  @ApiId('api.content.state.read')
  async read(
    @Body(requestBody(ReadStateOfUserRequest)) { request }: ReadStateOfUserRequest,
  ): Promise<{ contentList: ContentState[] }> {
    return { contentList: await this.readContentState.execute(stateWanted(request.userId, request)) };
  }
}
