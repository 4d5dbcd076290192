import 'reflect-metadata';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsNotEmpty,
  IsNumber,
  IsObject,
  IsString,
  Matches,
  ValidateNested,
} from 'class-validator';
import { IsEpochMs } from './is-epoch-ms.validator';

/** An id: 1 to 256 characters (code points), not all of them white space. */
const ID = /^(?=[^]*\S)[^]{1,256}$/u;
const ID_WANTED = { message: '$property must be 1 to 256 characters and not blank' };

/** Longest list of answers in one event. */
export const MAX_ANSWERS = 2000;

export class AssessItem {
  /** Question id. */
  @IsString()
  @IsNotEmpty()
  id!: string;

  /** Points. */
  @IsNumber()
  maxscore!: number;

  type?: unknown;
  title?: unknown;
  desc?: unknown;
  /** Options shown: a list of maps. */
  params?: unknown;
}

export class AssessData {
  @IsObject()
  @ValidateNested()
  @Type(() => AssessItem)
  item!: AssessItem;

  /** Points; may be fractional or negative. */
  @IsNumber()
  score!: number;

  /** What the learner answered: a list of maps. */
  resvalues?: unknown;
  /** Seconds. */
  duration?: unknown;
}

/** One ASSESS event of the player. Fields that are not named here are ignored. */
export class AssessElement {
  /** Ms since epoch, by the learner's clock. */
  @IsNumber()
  ets!: number;

  @IsObject()
  @ValidateNested()
  @Type(() => AssessData)
  edata!: AssessData;
}

/** An event without answers: it asks to recompute a learner's metrics. */
export class RecomputeMessage {
  /** Ms since epoch; digits in a string are accepted. */
  @IsEpochMs()
  assessmentTs!: number | string;

  @IsString()
  @Matches(ID, ID_WANTED)
  userId!: string;

  @IsString()
  @Matches(ID, ID_WANTED)
  courseId!: string;

  @IsString()
  @Matches(ID, ID_WANTED)
  batchId!: string;
}

/** The batch assess event: all answers of one attempt. */
export class AssessMessage extends RecomputeMessage {
  @IsString()
  @Matches(ID, ID_WANTED)
  contentId!: string;

  @IsString()
  @Matches(ID, ID_WANTED)
  attemptId!: string;

  @IsArray()
  @ArrayMaxSize(MAX_ANSWERS)
  @ValidateNested({ each: true })
  @Type(() => AssessElement)
  events!: AssessElement[];
}
