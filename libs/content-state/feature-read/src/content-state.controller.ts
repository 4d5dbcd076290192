import { Body, Controller, Post } from '@nestjs/common';
import { type ContentState } from '@scorekeep/core/domain-content-state';
import { actingUserOf, ApiId, AuthenticatedCaller, type Caller, requestBody } from '@scorekeep/platform/util-http';
import { ReadContentState } from './read-content-state.use-case';
import { ReadStateRequest } from './read-state.request';
import { stateWanted } from './state-wanted.mapper';

/** For learners' apps: a caller reads their own state, or that of the managed user whom they act for. */
@Controller('v1/content/state')
export class ContentStateController {
  constructor(private readonly readContentState: ReadContentState) {}

  @Post('read')
  @ApiId('api.content.state.read')
  async read(
    @AuthenticatedCaller() caller: Caller,
    @Body(requestBody(ReadStateRequest)) { request }: ReadStateRequest,
  ): Promise<{ contentList: ContentState[] }> {
    return { contentList: await this.readContentState.execute(stateWanted(actingUserOf(caller), request)) };
  }
}
