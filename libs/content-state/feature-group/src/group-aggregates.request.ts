import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayNotEmpty, IsArray, IsDefined, IsObject, ValidateNested } from 'class-validator';
import { IsId } from '@scorekeep/core/contract-events';

/** Each member costs a read. */
const MEMBERS_MAX = 500;

export class GroupAggregatesFields {
  /** Course id. */
  @IsId()
  activityId!: string;

  /** `Course`. */
  @IsId()
  activityType!: string;

  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(MEMBERS_MAX)
  @IsId({ each: true })
  userIds!: string[];
}

/** Body of `POST v1/group/activity/agg`. */
export class GroupAggregatesRequest {
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => GroupAggregatesFields)
  request!: GroupAggregatesFields;
}
