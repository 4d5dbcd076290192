import { type ContentTitles } from '@scorekeep/core/domain-exhaust';

export interface ContentTitlesUnderTest {
  readonly contents: ContentTitles;
  /** Makes a course with contents of these titles, by content id, known. */
  readonly add: (courseId: string, collectionName: string, titles: Readonly<Record<string, string>>) => Promise<void>;
}

/** What every implementation of `ContentTitles` does. */
export function describeContentTitles(name: string, create: () => Promise<ContentTitlesUnderTest>): void {
  describe(`${name} as ContentTitles`, () => {
    let subject: ContentTitlesUnderTest;

    beforeEach(async () => {
      subject = await create();
    });

    it("knows a course's name and the titles of its contents", async () => {
      await subject.add('do_1', 'Health, "basics" 😀', { do_11: 'First quiz', do_12: 'Zweiter Test' });
      const { collectionName, titles } = await subject.contents.titlesOf('do_1');
      expect(collectionName).toBe('Health, "basics" 😀');
      expect(titles.get('do_11')).toBe('First quiz');
      expect(titles.get('do_12')).toBe('Zweiter Test');
      expect(titles.get('do_13')).toBeUndefined();
    });

    it('has no names for an unknown course', async () => {
      const { collectionName, titles } = await subject.contents.titlesOf('unknown');
      expect(collectionName).toBeUndefined();
      expect(titles.size).toBe(0);
    });
  });
}
