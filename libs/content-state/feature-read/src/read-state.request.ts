import { Type } from 'class-transformer';
import {
  ArrayNotEmpty,
  IsArray,
  IsDefined,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

const namesNoCourse = ({ collectionId, courseIds }: Omit<ReadStateFields, 'courseId'>): boolean =>
  collectionId === undefined && courseIds === undefined;

export class ReadStateFields {
  @IsString()
  @IsNotEmpty()
  userId!: string;

  @ValidateIf(({ courseId, ...rest }: ReadStateFields) => courseId !== undefined || namesNoCourse(rest))
  @IsString({ message: '$property must be a string, unless collectionId or courseIds names the course' })
  @IsNotEmpty()
  courseId?: string;

  @IsOptional()
  @IsString()
  @IsNotEmpty()
  collectionId?: string;

  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @IsString({ each: true })
  courseIds?: string[];

  @IsString()
  @IsNotEmpty()
  batchId!: string;

  /** None, or an empty list: all contents. */
  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  contentIds?: string[];

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  fields?: string[];
}

/** Body of `POST …/content/state/read`. */
export class ReadStateRequest {
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => ReadStateFields)
  request!: ReadStateFields;
}
