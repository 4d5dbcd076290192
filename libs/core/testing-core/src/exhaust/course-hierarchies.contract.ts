import { type CourseHierarchies } from '@scorekeep/core/domain-exhaust';

export interface CourseHierarchiesUnderTest {
  readonly hierarchies: CourseHierarchies;
  /** Stores the text of a tree. */
  readonly add: (courseId: string, tree: string) => Promise<void>;
}

/** What every implementation of `CourseHierarchies` does. */
export function describeCourseHierarchies(name: string, create: () => Promise<CourseHierarchiesUnderTest>): void {
  describe(`${name} as CourseHierarchies`, () => {
    let subject: CourseHierarchiesUnderTest;

    beforeEach(async () => {
      subject = await create();
    });

    it("knows a course's name and its contents", async () => {
      const contents = [{ identifier: 'do_11', name: 'Zweiter Test', contentType: 'SelfAssess' }];
      const tree = { identifier: 'do_1', name: 'Health, "basics" 😀', leafNodesCount: 1, children: contents };
      await subject.add('do_1', JSON.stringify(tree));
      expect(await subject.hierarchies.hierarchyOf('do_1')).toEqual({
        name: 'Health, "basics" 😀',
        leafNodesCount: 1,
        nodes: [{ id: 'do_11', name: 'Zweiter Test', contentType: 'SelfAssess', objectType: '', primaryCategory: '' }],
      });
    });

    it('knows nothing of an unknown course or one whose tree is empty', async () => {
      await subject.add('do_empty', '');
      expect(await subject.hierarchies.hierarchyOf('do_empty')).toBeUndefined();
      expect(await subject.hierarchies.hierarchyOf('unknown')).toBeUndefined();
    });

    it('says which course has a tree that cannot be read', async () => {
      await subject.add('do_broken', '{"name":');
      await expect(subject.hierarchies.hierarchyOf('do_broken')).rejects.toMatchObject({
        code: 'EXHAUST.UNREADABLE_HIERARCHY',
        context: { courseId: 'do_broken' },
      });
    });
  });
}
