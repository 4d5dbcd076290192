import { Body, Controller, Post } from '@nestjs/common';
import { ApiId, requestBody } from '@scorekeep/platform/util-http';
import { GroupAggregatesRequest } from './group-aggregates.request';
import { type GroupAggregates, ReadGroupAggregates } from './read-group-aggregates.use-case';

/** For apps that show how the members of a group do in a course. */
@Controller('v1/group/activity')
export class GroupAggregatesController {
  constructor(private readonly readGroupAggregates: ReadGroupAggregates) {}

  @Post('agg')
  @ApiId('api.group.activity.agg')
  async read(@Body(requestBody(GroupAggregatesRequest)) body: GroupAggregatesRequest): Promise<GroupAggregates> {
    const { activityId, activityType, userIds } = body.request;
    return this.readGroupAggregates.execute({ id: activityId, type: activityType }, userIds);
  }
}
