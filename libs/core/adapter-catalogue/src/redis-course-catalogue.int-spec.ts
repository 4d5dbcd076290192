import { randomUUID } from 'node:crypto';
import { describeCourseCatalogue } from '@scorekeep/core/testing-core';
import { connectRedis } from './connect-redis';
import { RedisCourseCatalogue } from './redis-course-catalogue';

const url = process.env['REDIS_URL'] ?? '';
const ignored = (): void => undefined;
const [relations, contents] = [connectRedis(url, 14, ignored), connectRedis(url, 15, ignored)];
const nobody = connectRedis('redis://127.0.0.1:1', 0, ignored);
const made: { readonly database: typeof relations; readonly key: string }[] = [];

const catalogue = new RedisCourseCatalogue({ relations, contents });
const put = async (key: string, value: unknown): Promise<void> => {
  made.push({ database: contents, key });
  await contents.set(key, typeof value === 'string' ? value : JSON.stringify(value));
};

afterAll(async () => {
  for (const { database, key } of made) await database.del(key);
  for (const redis of [relations, contents, nobody]) redis.disconnect();
});

describeCourseCatalogue('RedisCourseCatalogue', () => ({
  create: () => catalogue,
  createUnreachable: () => new RedisCourseCatalogue({ relations: nobody, contents: nobody }),
  putLeafNodes: async (courseId, contentIds) => {
    const key = `${courseId}:${courseId}:leafnodes`;
    made.push({ database: relations, key });
    await relations.sadd(key, ...contentIds);
  },
  putTotalQuestions: (contentId, count) => put(contentId, { totalquestions: count }),
}));

describe('RedisCourseCatalogue', () => {
  it.each([
    { name: 'in another case', value: { totalQuestions: 4 }, count: 4 },
    { name: 'as text', value: { totalquestions: '4' }, count: 4 },
    { name: 'of 0', value: { totalquestions: 0 }, count: undefined },
    { name: 'missing', value: { name: 'x' }, count: undefined },
    { name: 'in no JSON', value: 'x', count: undefined },
    { name: 'in JSON that is no object', value: 'null', count: undefined },
  ])('takes a count $name as $count', async ({ value, count }) => {
    const id = randomUUID();
    await put(id, value);
    expect(await catalogue.totalQuestionsOf(id)).toBe(count);
  });

  it('knows nothing of ids that lead to keys of other types', async () => {
    const id = randomUUID();
    made.push({ database: contents, key: id }, { database: relations, key: `${id}:${id}:leafnodes` });
    await contents.hset(id, 'totalquestions', '4');
    await relations.set(`${id}:${id}:leafnodes`, 'x');
    expect(await catalogue.totalQuestionsOf(id)).toBeUndefined();
    expect(await catalogue.leafNodesOf(id)).toBeUndefined();
  });
});
