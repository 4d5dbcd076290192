import { requestBody } from '@scorekeep/platform/util-http';
import { ReadStateOfUserRequest, ReadStateRequest } from './read-state.request';
import { stateWanted } from './state-wanted.mapper';

const publicBody = (request: unknown) => requestBody(ReadStateRequest).transform({ request }, { type: 'body' });
const privateBody = (request: unknown) => requestBody(ReadStateOfUserRequest).transform({ request }, { type: 'body' });
const id = 'must be 1 to 256 characters and not blank';

describe('a request to read', () => {
  it.each([
    { given: { courseId: 'c', collectionId: 'd', courseIds: ['e'] }, courseId: 'c' },
    { given: { courseId: null, collectionId: 'd', courseIds: ['e', 'f'] }, courseId: 'd' },
    { given: { courseIds: ['e', 'f'] }, courseId: 'e' },
    { given: { courseId: 'c', courseIds: [] }, courseId: 'c' },
  ])('names the course by courseId, collectionId or the first of courseIds: $given', async ({ given, courseId }) => {
    const { request } = await publicBody({ ...given, batchId: 'b' });
    expect(stateWanted('u', request).courseId).toBe(courseId);
  });

  it.each([{}, { courseIds: [] }, { collectionId: null }])('must name the course: not %j', async (given) => {
    await expect(publicBody({ ...given, batchId: 'b' })).rejects.toThrow(`request.courseId ${id}`);
  });

  it('batchId is required', async () => {
    await expect(publicBody({ courseId: 'c' })).rejects.toThrow(`request.batchId ${id}`);
  });

  it('contentIds is optional: none means all contents', async () => {
    for (const contentIds of [undefined, null, []]) {
      const { request } = await publicBody({ courseId: 'c', batchId: 'b', contentIds });
      expect(stateWanted('u', request)).not.toHaveProperty('contentIds');
    }
    const { request } = await publicBody({ courseId: 'c', batchId: 'b', contentIds: ['x', 'y'] });
    expect(stateWanted('u', request).contentIds).toEqual(new Set(['x', 'y']));
  });

  it.each([
    { fields: ['progress', 'score'], withScores: true },
    { fields: ['progress'], withScores: false },
    { fields: null, withScores: false },
  ])('fields $fields: with scores $withScores', async ({ fields, withScores }) => {
    const { request } = await publicBody({ courseId: 'c', batchId: 'b', fields });
    expect(stateWanted('u', request).withScores).toBe(withScores);
  });

  it('the private route wants the user in the body, the public one does not look at it', async () => {
    await expect(privateBody({ courseId: 'c', batchId: 'b' })).rejects.toThrow(`request.userId ${id}`);
    const { request } = await publicBody({ courseId: 'c', batchId: 'b', userId: 7 });
    expect(stateWanted('of the token', request).userId).toBe('of the token');
  });

  it('all problems are named at once', async () => {
    await expect(privateBody({ contentIds: 'x', fields: [1] })).rejects.toThrow(
      /request\.userId .*; request\.courseId .*; request\.batchId .*; request\.contentIds .*; request\.fields/,
    );
  });
});
