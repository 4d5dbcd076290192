import { parseHierarchy, titlesBelow } from './hierarchy-titles';

const tree = (value: unknown) => titlesBelow(parseHierarchy('do_1', JSON.stringify(value)));

describe('titlesBelow', () => {
  it('finds every node below the root, parents before children, in order', () => {
    const titles = tree({
      identifier: 'do_1',
      name: 'Course',
      children: [
        { identifier: 'u1', name: 'Unit 1', children: [{ identifier: 'c1', name: 'Quiz 1' }] },
        { identifier: 'u2', name: 'Unit 2', children: [{ identifier: 'c2', name: 'Quiz 2' }] },
      ],
    });
    expect([...titles]).toEqual([
      ['u1', 'Unit 1'],
      ['c1', 'Quiz 1'],
      ['u2', 'Unit 2'],
      ['c2', 'Quiz 2'],
    ]);
  });

  it('takes the first title of a content that stands there twice', () => {
    const titles = tree({
      children: [
        { identifier: 'u1', children: [{ identifier: 'c1', name: 'first' }] },
        { identifier: 'c1', name: 'second' },
      ],
    });
    expect([...titles]).toEqual([['c1', 'first']]);
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
    expect([...tree({ children })]).toEqual([['c', 'C']]);
    expect([...tree({ children: null })]).toEqual([]);
    expect([...tree({ children: { identifier: 'c', name: 'C' } })]).toEqual([]);
    expect([...tree({})]).toEqual([]);
  });

  it('goes as deep as the tree', () => {
    let node: object = { identifier: 'deepest', name: 'found' };
    for (let depth = 0; depth < 2000; depth += 1) node = { identifier: `n${depth}`, children: [node] };
    expect([...tree(node)]).toEqual([['deepest', 'found']]);
  });
});

describe('parseHierarchy', () => {
  it.each(['{"name":', 'nonsense', '[]', '"text"', 'null', '3'])('refuses %s, naming the course', (text) => {
    const refused = expect.objectContaining({
      code: 'EXHAUST.UNREADABLE_HIERARCHY',
      message: expect.stringContaining('do_1') as unknown,
      context: { courseId: 'do_1' },
    }) as Error;
    expect(() => parseHierarchy('do_1', text)).toThrow(refused);
  });
});
