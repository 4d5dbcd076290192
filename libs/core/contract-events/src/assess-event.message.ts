import 'reflect-metadata';
import { Type } from 'class-transformer';
import { IsArray, IsNotEmpty, IsNumber, IsObject, IsString, Max, Min, ValidateNested } from 'class-validator';
import { IsEpochMs } from './is-epoch-ms.validator';
import { IsId } from './is-id.validator';

const FINITE = { message: '$property must be a finite number' };

/** What a timestamp can be, ms since epoch: a later or earlier one cannot be stored. */
const LARGEST_TIME_MS = 8_640_000_000_000_000;
const TIME_WANTED = { message: '$property must be a time within 275,000 years of the epoch' };

export class AssessItem {
  /** Question id. */
  @IsNotEmpty({ message: '$property must not be empty' })
  @IsString()
  id!: string;

  /** Points. */
  @IsNumber({}, FINITE)
  maxscore!: number;

  type?: unknown;
  title?: unknown;
  desc?: unknown;
  /** Options shown: a list of maps. */
  params?: unknown;
}

export class AssessData {
  @ValidateNested()
  @IsObject()
  @Type(() => AssessItem)
  item!: AssessItem;

  /** Points; may be fractional or negative. */
  @IsNumber({}, FINITE)
  score!: number;

  /** What the learner answered: a list of maps. */
  resvalues?: unknown;
  /** Seconds. */
  duration?: unknown;
}

/** One ASSESS event of the player. Fields that are not named here are ignored. */
export class AssessElement {
  /** Ms since epoch, by the learner's clock. */
  @Min(-LARGEST_TIME_MS, TIME_WANTED)
  @Max(LARGEST_TIME_MS, TIME_WANTED)
  @IsNumber({}, FINITE)
  ets!: number;

  @ValidateNested()
  @IsObject()
  @Type(() => AssessData)
  edata!: AssessData;
}

/** An event without answers: it asks to recompute a learner's metrics. */
export class RecomputeMessage {
  /** Ms since epoch; digits in a string are accepted. */
  @IsEpochMs()
  assessmentTs!: number | string;

  @IsId()
  userId!: string;

  @IsId()
  courseId!: string;

  @IsId()
  batchId!: string;
}

/** The batch assess event: all answers of one attempt. How many they may be is a setting: see the parser. */
export class AssessMessage extends RecomputeMessage {
  @IsId()
  contentId!: string;

  @IsId()
  attemptId!: string;

  @ValidateNested({ each: true })
  @IsObject({ each: true, message: '$property must be a list of objects' })
  @IsArray()
  @Type(() => AssessElement)
  events!: AssessElement[];
}
