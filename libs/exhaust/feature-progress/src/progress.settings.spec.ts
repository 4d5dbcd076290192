import { loadSettings } from '@scorekeep/platform/util-config';
import { assessmentRules, ProgressSettings } from './progress.settings';

const rulesOf = (environment: Record<string, string>) =>
  assessmentRules(loadSettings([ProgressSettings], environment).get(ProgressSettings));

it('has the assessments of Sunbird where nothing is set', () => {
  expect(rulesOf({})).toEqual({
    contentTypes: ['SelfAssess'],
    objectTypes: ['QuestionSet'],
    primaryCategories: ['Practice Question Set', 'Course Assessment'],
  });
});

it('takes lists with any spaces between', () => {
  expect(
    rulesOf({
      EXHAUST_ASSESSMENT_CONTENT_TYPES: ' A ,B,,',
      EXHAUST_ASSESSMENT_OBJECT_TYPES: 'C',
      EXHAUST_ASSESSMENT_CATEGORIES: 'D e , F',
    }),
  ).toEqual({ contentTypes: ['A', 'B'], objectTypes: ['C'], primaryCategories: ['D e', 'F'] });
});
