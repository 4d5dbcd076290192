import { Body, Controller, Post } from '@nestjs/common';
import { type ContentState } from '@scorekeep/core/domain-content-state';
import { ApiId, requestBody } from '@scorekeep/platform/util-http';
import { ReadContentState, type StateWanted } from './read-content-state.use-case';
import { type ReadStateFields, ReadStateRequest } from './read-state.request';

/** For other services on the private network: the user is who the body says. */
@Controller('private/v1/content/state')
export class ContentStateController {
  constructor(private readonly readContentState: ReadContentState) {}

  @Post('read')
  @ApiId('api.content.state.read')
  async read(@Body(requestBody(ReadStateRequest)) body: ReadStateRequest): Promise<{ contentList: ContentState[] }> {
    return { contentList: await this.readContentState.execute(stateWanted(body.request)) };
  }
}

function stateWanted({ userId, batchId, contentIds, fields = [], ...names }: ReadStateFields): StateWanted {
  return {
    userId,
    batchId,
    courseId: names.courseId ?? names.collectionId ?? names.courseIds?.[0] ?? '',
    ...(contentIds && contentIds.length > 0 ? { contentIds: new Set(contentIds) } : {}),
    withScores: fields.includes('score'),
  };
}
