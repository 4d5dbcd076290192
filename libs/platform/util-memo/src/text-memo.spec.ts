import { TextMemo } from './text-memo';

describe('TextMemo', () => {
  it('works once on a text that comes again, and gives the same object', () => {
    const work = jest.fn((text: string) => [text]);
    const memo = new TextMemo(work, { total: 2, longest: 2 });
    expect(memo.of('a')).toBe(memo.of('a'));
    expect(memo.of('b')).toEqual(['b']);
    expect(work).toHaveBeenCalledTimes(2);
  });

  it('begins anew when it is full, and holds no more than it may', () => {
    const work = jest.fn((text: string) => [text]);
    const memo = new TextMemo(work, { total: 2, longest: 2 });
    for (const text of ['a', 'b', 'c', 'c', 'a']) expect(memo.of(text)).toEqual([text]);
    expect(work.mock.calls.flat()).toEqual(['a', 'b', 'c', 'a']);
  });

  it('holds no text that is too long', () => {
    const work = jest.fn((text: string) => [text]);
    const memo = new TextMemo(work, { total: 100, longest: 3 });
    for (const text of ['four', 'four']) expect(memo.of(text)).toEqual(['four']);
    expect(work).toHaveBeenCalledTimes(2);
  });
});
