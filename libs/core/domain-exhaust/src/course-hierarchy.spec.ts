import { thrownBy } from '@scorekeep/core/testing-core';
import { type AssessmentRules, assessmentsIn, readHierarchy, titlesIn } from './course-hierarchy';

const rules: AssessmentRules = {
  contentTypes: ['SelfAssess'],
  objectTypes: ['QuestionSet'],
  primaryCategories: ['Practice Question Set', 'Course Assessment'],
};
const read = (tree: unknown) => readHierarchy('do_1', JSON.stringify(tree));
const titles = (tree: unknown) => [...titlesIn(read(tree))];

describe('readHierarchy', () => {
  it('has the name of the course, its number of contents, and every node in order', () => {
    const hierarchy = read({
      identifier: 'do_1',
      name: 'Course',
      leafNodesCount: 2,
      children: [
        { identifier: 'u1', children: [{ identifier: 'c1', name: 'Quiz 1', contentType: 'SelfAssess' }] },
        { identifier: 'u2', name: 'Unit 2', objectType: 'QuestionSet', primaryCategory: 'Course Assessment' },
      ],
    });
    const unsaid = { name: undefined, contentType: '', objectType: '', primaryCategory: '' };
    expect(hierarchy).toEqual({
      name: 'Course',
      leafNodesCount: 2,
      nodes: [
        { ...unsaid, id: 'u1' },
        { ...unsaid, id: 'c1', name: 'Quiz 1', contentType: 'SelfAssess' },
        { ...unsaid, id: 'u2', name: 'Unit 2', objectType: 'QuestionSet', primaryCategory: 'Course Assessment' },
      ],
    });
  });

  it.each([{}, { leafNodesCount: null }, { leafNodesCount: '2' }])(
    'does not know the number of contents in %j',
    (tree) => {
      expect(read(tree)).toEqual({ name: undefined, leafNodesCount: undefined, nodes: [] });
    },
  );

  it.each(['{"name":', 'nonsense', '[]', '"text"', 'null', '3'])('refuses %s, naming the course', (text) => {
    expect(thrownBy(() => readHierarchy('do_1', text))).toMatchObject({
      code: 'EXHAUST.UNREADABLE_HIERARCHY',
      message: expect.stringContaining('do_1') as unknown,
      context: { courseId: 'do_1' },
    });
  });

  it('goes as deep and as wide as the tree', () => {
    let node: object = { identifier: 'deepest', name: 'found' };
    for (let depth = 0; depth < 2000; depth += 1) node = { identifier: `n${depth}`, children: [node] };
    const wide = Array.from({ length: 200_000 }, () => ({}));
    expect(titles({ children: [...wide, node] })).toEqual([['deepest', 'found']]);
  });
});

describe('titlesIn', () => {
  it('takes the first title of a content that stands there twice', () => {
    const children = [
      { identifier: 'u1', children: [{ identifier: 'c1', name: 'first' }] },
      { identifier: 'c1', name: 'second' },
    ];
    expect(titles({ children })).toEqual([['c1', 'first']]);
  });

  it('passes over what has no name, no id or is no node', () => {
    const children = [
      null,
      3,
      'text',
      [],
      { name: 'no id' },
      { identifier: 'no name' },
      { identifier: 'c', name: 'C' },
    ];
    expect(titles({ children })).toEqual([['c', 'C']]);
    expect(titles({ children: null })).toEqual([]);
    expect(titles({ children: { identifier: 'c', name: 'C' } })).toEqual([]);
  });
});

describe('assessmentsIn', () => {
  const set = 'Practice Question Set';
  it.each([
    { node: { contentType: 'SelfAssess' }, counts: true },
    { node: { contentType: 'Resource' }, counts: false },
    { node: { objectType: 'QuestionSet', primaryCategory: set }, counts: true },
    { node: { objectType: 'QuestionSet', primaryCategory: 'Survey' }, counts: false },
    { node: { objectType: 'Content', primaryCategory: set }, counts: false },
    { node: { objectType: 'QuestionSet' }, counts: false },
    { node: {}, counts: false },
  ])('$node: $counts', ({ node, counts }) => {
    expect(assessmentsIn(read({ children: [{ identifier: 'c', ...node }] }), rules)).toEqual(counts ? ['c'] : []);
  });

  it('are in hierarchy order, each once', () => {
    const quiz = (identifier: string) => ({ identifier, contentType: 'SelfAssess' });
    const children = [{ identifier: 'u', children: [quiz('z'), quiz('a')] }, quiz('m'), quiz('z')];
    expect(assessmentsIn(read({ children }), rules)).toEqual(['z', 'a', 'm']);
  });
});
