import { Type } from 'class-transformer';
import {
  IsArray,
  IsDefined,
  IsObject,
  IsOptional,
  IsString,
  MaxLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { IsId } from '@scorekeep/core/contract-events';

const ID_MAX_LENGTH = 256;

/** Whose state is read is not among them: a public caller reads their own. */
export class ReadStateFields {
  /** Needed unless `collectionId` or `courseIds` names the course. */
  @ValidateIf(({ courseId, collectionId, courseIds }: ReadStateFields) => {
    return courseId != null || (collectionId == null && !courseIds?.length);
  })
  @IsId()
  courseId?: string | null;

  /** Another name of `courseId`. */
  @IsOptional()
  @IsId()
  collectionId?: string | null;

  /** The first one counts, where neither `courseId` nor `collectionId` is given. */
  @IsOptional()
  @IsArray()
  @IsId({ each: true })
  courseIds?: string[] | null;

  @IsId()
  batchId!: string;

  /** None, or an empty list: all contents. */
  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  @MaxLength(ID_MAX_LENGTH, { each: true })
  contentIds?: string[] | null;

  /** `score` adds attempts, best score and attempts count. */
  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  fields?: string[] | null;
}

/** Body of `POST v1/content/state/read`. */
export class ReadStateRequest {
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => ReadStateFields)
  request!: ReadStateFields;
}

export class ReadStateOfUserFields extends ReadStateFields {
  @IsId()
  userId!: string;
}

/** Body of `POST private/v1/content/state/read`. */
export class ReadStateOfUserRequest {
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => ReadStateOfUserFields)
  request!: ReadStateOfUserFields;
}
