import { type AssessmentRules } from '@scorekeep/core/domain-exhaust';
import { Setting } from '@scorekeep/platform/util-config';
import { IsString } from 'class-validator';

/** Which contents of a course are assessments, each of which has a column in the progress report. */
export class ProgressSettings {
  @Setting('contents of these contentTypes are assessments, separated by commas')
  @IsString()
  EXHAUST_ASSESSMENT_CONTENT_TYPES: string = 'SelfAssess';

  @Setting(
    'contents of these objectTypes are assessments too, if also their primaryCategory is one, separated by commas',
  )
  @IsString()
  EXHAUST_ASSESSMENT_OBJECT_TYPES: string = 'QuestionSet';

  @Setting('the primaryCategories of assessments that are found by their objectType, separated by commas')
  @IsString()
  EXHAUST_ASSESSMENT_CATEGORIES: string = 'Practice Question Set, Course Assessment';
}

/** The settings as the domain wants them. */
export function assessmentRules(settings: ProgressSettings): AssessmentRules {
  return {
    contentTypes: listOf(settings.EXHAUST_ASSESSMENT_CONTENT_TYPES),
    objectTypes: listOf(settings.EXHAUST_ASSESSMENT_OBJECT_TYPES),
    primaryCategories: listOf(settings.EXHAUST_ASSESSMENT_CATEGORIES),
  };
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}
