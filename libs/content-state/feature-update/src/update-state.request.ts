import { Exclude, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsDefined,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsEpochMs, IsId } from '@scorekeep/core/contract-events';
import { IsOptionalId } from './is-optional-id.validator';
import { IsStateDate } from './is-state-date.validator';

const NUMBER = { message: '$property must be a number' };
/** What the columns hold: int. */
const COUNT_MAX = 2_147_483_647;
/** Far above what a phone gathers before it syncs. */
const ITEMS_MAX = 2_000;

/** How far a learner got with a content. Fields that are not named here are ignored. */
export class ContentFields {
  @IsId()
  contentId!: string;

  /** 0 not begun, 1 begun, 2 completed. */
  @IsIn([0, 1, 2])
  status!: number;

  /** Without it the content is ignored. */
  @IsOptionalId()
  batchId?: string | null;

  @IsOptionalId()
  courseId?: string | null;

  /** Another name of `courseId`. */
  @IsOptionalId()
  collectionId?: string | null;

  /** Without it, that of the request; without that, the acting user. */
  @IsOptionalId()
  userId?: string | null;

  /** Percent. */
  @IsOptional()
  @IsNumber({}, NUMBER)
  progress?: number | null;

  @IsOptional()
  @IsStateDate()
  lastAccessTime?: string | null;

  @IsOptional()
  @IsStateDate()
  lastCompletedTime?: string | null;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(COUNT_MAX)
  completedCount?: number | null;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(COUNT_MAX)
  viewCount?: number | null;

  /** Percent. */
  @IsOptional()
  @IsNumber({}, NUMBER)
  completionPercentage?: number | null;

  /** Any JSON; it is taken from the body as it came. */
  @Exclude()
  @IsOptional()
  progressdetails?: unknown;
}

/** A batch assess event: the answers of one attempt. Goes on as it came, with all its fields. */
export class AssessmentFields {
  /** Ms since epoch; digits in a string are accepted. */
  @IsEpochMs()
  assessmentTs!: number | string;

  @IsId()
  courseId!: string;

  @IsId()
  contentId!: string;

  @IsId()
  batchId!: string;

  @IsId()
  attemptId!: string;

  /** Without it, that of the request; without that, the acting user. */
  @IsOptionalId()
  userId?: string | null;

  /** ASSESS telemetry; the ingest judges it. It is large, and taken from the body as it came. */
  @Exclude()
  @IsOptional()
  events?: unknown;
}

export class UpdateStateFields {
  @IsOptionalId()
  userId?: string | null;

  @IsOptionalId()
  courseId?: string | null;

  @IsOptionalId()
  collectionId?: string | null;

  @IsOptionalId()
  batchId?: string | null;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(ITEMS_MAX)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ContentFields)
  contents?: ContentFields[] | null;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(ITEMS_MAX)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => AssessmentFields)
  assessments?: AssessmentFields[] | null;
}

/** Body of `PATCH v1/content/state/update`. With neither contents nor assessments it asks for an enrolment sync. */
export class UpdateStateRequest {
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => UpdateStateFields)
  request!: UpdateStateFields;
}
