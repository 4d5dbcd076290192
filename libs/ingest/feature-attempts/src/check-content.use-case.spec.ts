import { anAnswer, anAttemptEvent, InMemoryCourseCatalogue } from '@scorekeep/core/testing-core';
import { defaultAssessLimits } from '@scorekeep/core/contract-events';
import { CheckContent } from './check-content.use-case';

const course = 'do_course';
const content = 'do_content';
const event = anAttemptEvent({ answers: ['p', 'q', 'p'].map((questionId) => anAnswer({ questionId })) });

function setUp(checksQuestionCount = true) {
  const catalogue = new InMemoryCourseCatalogue();
  const check = new CheckContent(catalogue, { limits: defaultAssessLimits, checksQuestionCount });
  return { catalogue, verdict: () => check.execute(event) };
}

describe('CheckContent', () => {
  beforeAll(() => expect(event.attempt).toMatchObject({ courseId: course, contentId: content }));

  it('takes everything for valid of which nothing is known', async () => {
    expect(await setUp().verdict()).toBeUndefined();
  });

  it('refuses a content that its course is known not to have', async () => {
    const { catalogue, verdict } = setUp();
    catalogue.leafNodes.set(course, new Set(['other']));
    expect(await verdict()).toBe('invalid content');
    catalogue.leafNodes.set(course, new Set(['other', content]));
    expect(await verdict()).toBeUndefined();
  });

  it('counts distinct questions, and refuses more than the content has', async () => {
    const { catalogue, verdict } = setUp();
    catalogue.totalQuestions.set(content, 2);
    expect(await verdict()).toBeUndefined();
    catalogue.totalQuestions.set(content, 1);
    expect(await verdict()).toBe('too many questions');
  });

  it('does not ask for the number of questions unless it is told to', async () => {
    const { catalogue, verdict } = setUp(false);
    catalogue.totalQuestions.set(content, 1);
    expect(await verdict()).toBeUndefined();
    expect(catalogue.questions).toEqual([`leaf nodes ${course}`]);
  });

  it('refuses nothing by what it remembers: a course may have been published again', async () => {
    const { catalogue, verdict } = setUp();
    catalogue.leafNodesOf = async (_, freshness) => new Set(freshness === 'recent' ? [content] : ['old']);
    catalogue.totalQuestionsOf = async (_, freshness) => (freshness === 'recent' ? 2 : 1);
    expect(await verdict()).toBeUndefined();
  });

  it('fails, and says neither valid nor invalid, when the catalogue does not answer', async () => {
    const { catalogue, verdict } = setUp();
    catalogue.isDown = true;
    await expect(verdict()).rejects.toMatchObject({ code: 'CATALOGUE.UNAVAILABLE', retryable: true });
  });
});
