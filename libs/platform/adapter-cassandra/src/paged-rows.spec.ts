import { type Page, pagedRows } from './paged-rows';

const row = (n: number) => ({ n });

/** Three pages of two rows; `asked` tells which were asked for. */
function pages(failAt?: string) {
  const asked: (string | undefined)[] = [];
  const contents: Record<string, Page> = {
    first: { rows: [row(1), row(2)], pageState: 'second' },
    second: { rows: [row(3), row(4)], pageState: 'third' },
    third: { rows: [row(5)], pageState: null },
  };
  const fetch = (pageState?: string): Promise<Page> => {
    asked.push(pageState);
    if (failAt !== undefined && pageState === failAt) return Promise.reject(new Error('broken page'));
    return Promise.resolve(contents[pageState ?? 'first'] ?? { rows: [] });
  };
  return { asked, fetch };
}

it('gives the rows of all pages in order', async () => {
  const read: unknown[] = [];
  for await (const each of pagedRows(pages().fetch)) read.push(each['n']);
  expect(read).toEqual([1, 2, 3, 4, 5]);
});

it('asks for the next page while one is consumed, and for no more', async () => {
  const { asked, fetch } = pages();
  const rows = pagedRows(fetch);
  await rows.next();
  expect(asked).toEqual([undefined, 'second']);
  await rows.next();
  await rows.next();
  expect(asked).toEqual([undefined, 'second', 'third']);
});

it('asks for nothing more once abandoned', async () => {
  const { asked, fetch } = pages('second');
  const rows = pagedRows(fetch);
  await rows.next();
  await rows.return();
  await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toEqual([undefined, 'second']);
});

it('gives the rows before a broken page, then throws', async () => {
  const read: unknown[] = [];
  const reading = async () => {
    for await (const each of pagedRows(pages('third').fetch)) read.push(each['n']);
  };
  await expect(reading()).rejects.toThrow('broken page');
  expect(read).toEqual([1, 2, 3, 4]);
});

it('gives nothing for an empty result', async () => {
  const rows = pagedRows(() => Promise.resolve({ rows: [] }));
  expect(await rows.next()).toEqual({ done: true, value: undefined });
});

it('reads on after an empty page in the middle', async () => {
  const contents: Record<string, Page> = {
    first: { rows: [], pageState: 'second' },
    second: { rows: [row(1)] },
  };
  const read: unknown[] = [];
  for await (const each of pagedRows((state) => Promise.resolve(contents[state ?? 'first'] ?? { rows: [] }))) {
    read.push(each['n']);
  }
  expect(read).toEqual([1]);
});
