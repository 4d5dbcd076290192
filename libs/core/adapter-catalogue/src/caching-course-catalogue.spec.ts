import { describeCourseCatalogue, InMemoryCourseCatalogue } from '@scorekeep/core/testing-core';
import { CachingCourseCatalogue } from './caching-course-catalogue';
import { CompletedCourseCatalogue } from './completed-course-catalogue';

function setUp(maxIds = 100) {
  const source = new InMemoryCourseCatalogue();
  const clock = { nowMs: 1_000 };
  const options = { rememberMs: 60_000, recentMs: 5_000, maxIds, nowMs: () => clock.nowMs };
  return { source, clock, catalogue: new CachingCourseCatalogue(source, options) };
}

const known = new InMemoryCourseCatalogue();
const unreachable = Object.assign(new InMemoryCourseCatalogue(), { isDown: true });
const putInMemory = {
  putLeafNodes: async (courseId: string, contentIds: readonly string[]) =>
    void known.leafNodes.set(courseId, new Set(contentIds)),
  putTotalQuestions: async (contentId: string, count: number) => void known.totalQuestions.set(contentId, count),
};
const cached = (source: InMemoryCourseCatalogue) =>
  new CachingCourseCatalogue(source, { rememberMs: 60_000, recentMs: 0, maxIds: 1_000, nowMs: () => 0 });

describeCourseCatalogue('InMemoryCourseCatalogue', () => ({
  ...putInMemory,
  create: () => known,
  createUnreachable: () => unreachable,
}));

describeCourseCatalogue('CachingCourseCatalogue', () => ({
  ...putInMemory,
  create: () => cached(known),
  createUnreachable: () => cached(unreachable),
}));

describeCourseCatalogue('CompletedCourseCatalogue', () => ({
  ...putInMemory,
  create: () => new CompletedCourseCatalogue(known, new InMemoryCourseCatalogue()),
  createUnreachable: () => new CompletedCourseCatalogue(unreachable, known),
}));

describe('CachingCourseCatalogue', () => {
  it('asks once for as long as an answer is remembered', async () => {
    const { source, clock, catalogue } = setUp();
    source.leafNodes.set('course', new Set(['a']));
    await catalogue.leafNodesOf('course');
    source.leafNodes.set('course', new Set(['a', 'b']));
    clock.nowMs += 59_999;
    expect(await catalogue.leafNodesOf('course')).toEqual(new Set(['a']));
    clock.nowMs += 1;
    expect(await catalogue.leafNodesOf('course')).toEqual(new Set(['a', 'b']));
    expect(source.questions).toHaveLength(2);
  });

  it('asks again for a recent answer, but not for each of them', async () => {
    const { source, clock, catalogue } = setUp();
    source.totalQuestions.set('content', 3);
    await catalogue.totalQuestionsOf('content');
    clock.nowMs += 4_999;
    await catalogue.totalQuestionsOf('content', 'recent');
    expect(source.questions).toHaveLength(1);
    clock.nowMs += 1;
    source.totalQuestions.set('content', 4);
    expect(await catalogue.totalQuestionsOf('content', 'recent')).toBe(4);
    expect(await catalogue.totalQuestionsOf('content')).toBe(4);
    expect(source.questions).toHaveLength(2);
  });

  it('remembers only for a moment that nothing is known', async () => {
    const { source, clock, catalogue } = setUp();
    for (const elapsedMs of [0, 4_999, 1]) {
      clock.nowMs += elapsedMs;
      expect(await catalogue.leafNodesOf('course')).toBeUndefined();
    }
    expect(source.questions).toHaveLength(2);
  });

  it('asks once what is asked many times at once', async () => {
    const { source, catalogue } = setUp();
    await Promise.all(Array.from({ length: 500 }, () => catalogue.leafNodesOf('course')));
    expect(source.questions).toHaveLength(1);
  });

  it('does not remember that it could not ask', async () => {
    const { source, catalogue } = setUp();
    source.isDown = true;
    const failures = await Promise.allSettled([catalogue.leafNodesOf('course'), catalogue.leafNodesOf('course')]);
    expect(failures.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    source.isDown = false;
    source.leafNodes.set('course', new Set(['a']));
    expect(await catalogue.leafNodesOf('course')).toEqual(new Set(['a']));
    expect(source.questions).toHaveLength(2);
  });

  it('forgets what was not asked for longest when it has too many ids', async () => {
    const { source, catalogue } = setUp(9);
    for (const course of ['one', 'two', 'three']) source.leafNodes.set(course, new Set([`${course} a`, `${course} b`]));
    for (const course of ['one', 'two', 'three', 'one', 'unknown']) await catalogue.leafNodesOf(course);
    source.questions.length = 0;
    for (const course of ['one', 'three', 'unknown', 'two']) await catalogue.leafNodesOf(course);
    expect(source.questions).toEqual(['leaf nodes two, recent']);
  });

  it('answers for a course that alone has too many ids', async () => {
    const { source, catalogue } = setUp(2);
    source.leafNodes.set('course', new Set(['a', 'b', 'c']));
    expect(await catalogue.leafNodesOf('course')).toEqual(new Set(['a', 'b', 'c']));
    expect((await catalogue.leafNodesOf('course'))?.size).toBe(3);
  });
});

describe('CompletedCourseCatalogue', () => {
  it('asks the content API only for counts that Redis does not know', async () => {
    const [redis, contentApi] = [new InMemoryCourseCatalogue(), new InMemoryCourseCatalogue()];
    redis.totalQuestions.set('in Redis', 3);
    contentApi.totalQuestions.set('elsewhere', 4);
    contentApi.leafNodes.set('course', new Set(['a']));
    const catalogue = new CompletedCourseCatalogue(redis, contentApi);
    expect(await catalogue.totalQuestionsOf('in Redis')).toBe(3);
    expect(await catalogue.totalQuestionsOf('elsewhere')).toBe(4);
    expect(await catalogue.leafNodesOf('course')).toBeUndefined();
    expect(contentApi.questions).toEqual(['total questions elsewhere']);
  });

  it('concludes nothing when the content API does not answer', async () => {
    const contentApi = Object.assign(new InMemoryCourseCatalogue(), { isDown: true });
    const catalogue = new CompletedCourseCatalogue(new InMemoryCourseCatalogue(), contentApi);
    await expect(catalogue.totalQuestionsOf('content')).rejects.toMatchObject({ retryable: true });
  });
});
