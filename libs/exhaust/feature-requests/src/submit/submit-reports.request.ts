import { type Dataset, datasets, type ReportFormat, reportFormats } from '@scorekeep/core/domain-exhaust';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsDefined,
  IsIn,
  IsObject,
  IsOptional,
  Matches,
  ValidateNested,
} from 'class-validator';
import { IsReportPassword } from '../passwords/is-report-password.validator';

const ID = /^[\w.-]{1,128}$/;
const TAG = /^[\w.-]{1,128}_[\w.-]{1,128}$/;
const USER_ID = /^[\x21-\x7e]{1,256}$/;
const MOST_BATCHES = 100;

/** Which batches; other fields are kept, and tell requests apart. */
export class DatasetConfig {
  @IsOptional()
  @Matches(ID, { message: '$property must be the id of a batch' })
  batchId?: string;

  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(MOST_BATCHES)
  @Matches(ID, { each: true, message: 'each value in $property must be the id of a batch' })
  batchFilter?: string[];
}

export class SubmitFields {
  @Matches(TAG, { message: '$property must be <course id>_<batch id>' })
  tag: string;

  @IsOptional()
  @Matches(USER_ID, { message: '$property must be the id of a user' })
  requestedBy?: string;

  @IsIn(datasets)
  dataset: Dataset;

  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => DatasetConfig)
  datasetConfig: DatasetConfig;

  @IsOptional()
  @IsIn(reportFormats)
  output_format?: ReportFormat;

  @IsOptional()
  @IsReportPassword()
  encryptionKey?: string;
}

/** Body of a submission. */
export class SubmitReportsRequest {
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => SubmitFields)
  request: SubmitFields;
}
