import { type CourseCatalogue } from '@scorekeep/core/domain-scoring';

export interface CourseCatalogueUnderTest {
  create(): CourseCatalogue;
  /** One that cannot reach what it asks. */
  createUnreachable(): CourseCatalogue;
  putLeafNodes(courseId: string, contentIds: readonly string[]): Promise<void>;
  putTotalQuestions(contentId: string, count: number): Promise<void>;
}

let counter = 0;
const someId = (ending = ''): string => {
  counter += 1;
  return `test-${process.pid}-${Date.now()}-${counter}${ending}`;
};

/** What every `CourseCatalogue` promises. */
export function describeCourseCatalogue(name: string, subject: () => CourseCatalogueUnderTest): void {
  describe(`${name} as a CourseCatalogue`, () => {
    it('knows nothing of what was never put', async () => {
      const catalogue = subject().create();
      expect(await catalogue.leafNodesOf(someId())).toBeUndefined();
      expect(await catalogue.totalQuestionsOf(someId())).toBeUndefined();
    });

    it('gives the leaf nodes of a course', async () => {
      const [course, other] = [someId(), someId()];
      await subject().putLeafNodes(course, ['do_1', 'do_2']);
      await subject().putLeafNodes(other, ['do_3']);
      const catalogue = subject().create();
      expect(await catalogue.leafNodesOf(course)).toEqual(new Set(['do_1', 'do_2']));
      expect(await catalogue.leafNodesOf(other)).toEqual(new Set(['do_3']));
    });

    it('gives the number of questions of a content', async () => {
      const content = someId();
      await subject().putTotalQuestions(content, 7);
      expect(await subject().create().totalQuestionsOf(content)).toBe(7);
    });

    it.each([' /../é?#&%2F', '\u0000\n', ':leafnodes', '"}{'])(
      'takes an id that ends in %j for what it is',
      async (ending) => {
        const id = someId(ending);
        await subject().putLeafNodes(id, [id, 'do_1']);
        await subject().putTotalQuestions(`${id}-content`, 3);
        expect(await subject().create().leafNodesOf(id)).toEqual(new Set([id, 'do_1']));
        expect(await subject().create().totalQuestionsOf(`${id}-content`)).toBe(3);
      },
    );

    it.each(['.', '..', '/', '*', ' '])('says of the id %j that nothing is known', async (id) => {
      const catalogue = subject().create();
      expect(await catalogue.leafNodesOf(id)).toBeUndefined();
      expect(await catalogue.totalQuestionsOf(id)).toBeUndefined();
    });

    it('answers many questions at once, each with its own answer', async () => {
      const contents = Array.from({ length: 50 }, () => someId());
      await Promise.all(contents.map((id, index) => subject().putTotalQuestions(id, index + 1)));
      const catalogue = subject().create();
      const counts = await Promise.all(contents.map((id) => catalogue.totalQuestionsOf(id)));
      expect(counts).toEqual(contents.map((_, index) => index + 1));
    });

    it('does not conclude anything when it cannot ask', async () => {
      const catalogue = subject().createUnreachable();
      const unavailable = { code: 'CATALOGUE.UNAVAILABLE', retryable: true };
      await expect(catalogue.leafNodesOf(someId())).rejects.toMatchObject(unavailable);
      await expect(catalogue.totalQuestionsOf(someId())).rejects.toMatchObject(unavailable);
    });
  });
}
