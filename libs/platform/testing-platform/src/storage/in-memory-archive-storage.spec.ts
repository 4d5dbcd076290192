import { describeArchiveStorage } from './describe-archive-storage';
import { InMemoryArchiveStorage } from './in-memory-archive-storage';
import { PrefixedArchiveStorage } from './prefixed-archive-storage';
import { bodyOf, collect } from './test-bytes';

describeArchiveStorage('InMemoryArchiveStorage', async () => ({ storage: new InMemoryArchiveStorage() }));

describe('InMemoryArchiveStorage', () => {
  it('lists in the order of UTF-8, not of UTF-16', async () => {
    const store = new InMemoryArchiveStorage();
    for (const key of ['😀', '\uffee']) await store.put(key, bodyOf('.'));
    expect((await collect(store.list(''))).map(({ key }) => key)).toEqual(['\uffee', '😀']);
  });
});

describe('PrefixedArchiveStorage', () => {
  it('keeps to its folder, and clears only that', async () => {
    const store = new InMemoryArchiveStorage();
    const corner = new PrefixedArchiveStorage(store, 'run-1');
    await store.put('run-10/a', bodyOf('other run'));
    await corner.put('a', bodyOf('mine'));

    await expect(store.stat('run-1/a')).resolves.toEqual({ key: 'run-1/a', bytes: 4 });
    await expect(collect(corner.list(''))).resolves.toEqual([{ key: 'a', bytes: 4 }]);
    expect(corner.urlOf('a')).toBe('memory://run-1/a');

    await corner.clear();
    await expect(collect(store.list(''))).resolves.toEqual([{ key: 'run-10/a', bytes: 9 }]);
  });
});
