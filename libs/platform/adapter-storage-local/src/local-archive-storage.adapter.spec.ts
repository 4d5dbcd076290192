import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, readlink, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type ArchiveStorage } from '@scorekeep/platform/domain-storage';
import {
  bodyOf,
  collect,
  describeArchiveStorage,
  firstChunk,
  readAll,
  someBytes,
} from '@scorekeep/platform/testing-platform';
import { LocalArchiveStorage } from './local-archive-storage.adapter';
import { LocalStorageSettings } from './local-storage.settings';
import { temporaryName } from './temporary-name';

const folders: string[] = [];

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'scorekeep-storage-'));
  folders.push(folder);
  return folder;
}

function storageAt(root: string, bucket?: string): ArchiveStorage {
  const settings = Object.assign(new LocalStorageSettings(), { STORAGE_LOCAL_ROOT: root, STORAGE_BUCKET: bucket });
  return new LocalArchiveStorage(settings);
}

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

describeArchiveStorage('LocalArchiveStorage', async () => ({ storage: storageAt(await newFolder()) }), {
  manyObjects: 150, // a folder is one page, and every put waits for the disk
});

describeArchiveStorage(
  'LocalArchiveStorage with a bucket, in a folder that is yet to be made,',
  async () => ({ storage: storageAt(join(await newFolder(), 'not', 'yet'), 'attic') }),
  { manyObjects: 20, largeBytes: 1_000_000 },
);

describe('LocalArchiveStorage', () => {
  let root: string;
  let storage: ArchiveStorage;

  beforeEach(async () => {
    root = await newFolder();
    storage = storageAt(root);
  });

  it('keeps an object at <root>/<key>, or <root>/<bucket>/<key>, and nothing beside it', async () => {
    await storage.put('a/%2F.csv', bodyOf('one'));
    await storageAt(root, 'attic').put('a/b', bodyOf('two'));
    expect(await readFile(join(root, 'a/%2F.csv'), 'utf8')).toBe('one');
    expect(await readFile(join(root, 'attic/a/b'), 'utf8')).toBe('two');
    expect(await readdir(join(root, 'a'))).toEqual(['%2F.csv']);
    expect(await readdir(join(root, 'attic/a'))).toEqual(['b']);
  });

  it('names objects by their absolute path, whatever the root is written like', () => {
    expect(storageAt('data/../data/storage').urlOf('a/b')).toBe(resolve('data/storage/a/b'));
  });

  it('makes the folder when it is checked', async () => {
    await storageAt(join(root, 'deep/down'), 'attic').check();
    expect(await readdir(join(root, 'deep/down'))).toEqual(['attic']);
  });

  it('leaves no temporary file behind a put that was refused or broke', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield* bodyOf('some');
      throw new Error('the source broke');
    }
    await storage.put('a/b', bodyOf('first'));
    await expect(storage.put('a/b', bodyOf('second'))).rejects.toMatchObject({ code: 'STORAGE.OBJECT_EXISTS' });
    await expect(storage.put('a/c', broken())).rejects.toThrow('the source broke');
    expect(await readdir(join(root, 'a'))).toEqual(['b']);
  });

  it('serves nothing of a put whose process was killed, and lets it be repeated', async () => {
    const script = join(__dirname, 'endless-put.fixture.ts');
    const child = spawn(process.execPath, ['-r', '@swc-node/register', script, root], {
      env: { ...process.env, TS_NODE_PROJECT: 'tsconfig.base.json' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');

    const leftovers = await readdir(join(root, 'week'));
    expect(leftovers).toEqual([expect.stringMatching(/^\.scorekeep-put-/)]);
    await expect(collect(storage.list(''))).resolves.toEqual([]);
    await expect(collect(storage.list(`week/${leftovers[0]}`))).resolves.toEqual([]);
    await expect(storage.stat('week/object')).resolves.toBeUndefined();
    await expect(storage.put('week/object', bodyOf('whole'))).resolves.toEqual({ key: 'week/object', bytes: 5 });
  }, 60_000);

  it('does not take a key that looks like a temporary file', async () => {
    const key = `a/${temporaryName()}`;
    await expect(storage.put(key, bodyOf('.'))).rejects.toMatchObject({ code: 'STORAGE.INVALID_KEY' });
    await expect(storage.open(key)).rejects.toMatchObject({ code: 'STORAGE.INVALID_KEY' });
  });

  it.each([{ replace: false }, { replace: true }])('refuses a key that is a folder, %j', async (options) => {
    await storage.put('a/b', bodyOf('.'));
    await expect(storage.put('a', bodyOf('.'), options)).rejects.toMatchObject({ code: 'STORAGE.INVALID_KEY' });
    await expect(storage.put('a/b/c', bodyOf('.'), options)).rejects.toMatchObject({ code: 'STORAGE.INVALID_KEY' });
    await expect(collect(storage.list(''))).resolves.toEqual([{ key: 'a/b', bytes: 1 }]);
  });

  it('takes no folder for an object and no object for a folder', async () => {
    await storage.put('a/b', bodyOf('.'));
    await expect(storage.remove('a')).resolves.toBeUndefined();
    await expect(storage.open('a/b/c')).rejects.toMatchObject({ code: 'STORAGE.NOT_FOUND' });
    await expect(storage.stat('a/b/c')).resolves.toBeUndefined();
    await expect(storage.remove('a/b/c')).resolves.toBeUndefined();
    await expect(collect(storage.list('a/b/'))).resolves.toEqual([]);
    await expect(collect(storage.list(''))).resolves.toEqual([{ key: 'a/b', bytes: 1 }]);
  });

  it('lists in the order of UTF-8, not of UTF-16', async () => {
    for (const key of ['😀', '\uffee']) await storage.put(key, bodyOf('.'));
    expect((await collect(storage.list(''))).map(({ key }) => key)).toEqual(['\uffee', '😀']);
  });

  it('notices an object that goes, or shrinks, while it is read', async () => {
    await storage.put('gone', bodyOf('.'));
    const gone = await storage.open('gone');
    await storage.remove('gone');
    await expect(readAll(gone)).rejects.toMatchObject({ code: 'STORAGE.NOT_FOUND' });

    await storage.put('shrinking', bodyOf(someBytes(1_000_000)));
    const shrinking = (await storage.open('shrinking')) as AsyncGenerator<Uint8Array>;
    await shrinking.next();
    await truncate(join(root, 'shrinking'), 300_000);
    await expect(readAll(shrinking)).rejects.toMatchObject({
      code: 'STORAGE.TRUNCATED',
      context: { expected: 1_000_000, received: 300_000 },
    });
  });

  it('holds no file of a body that was abandoned or never begun', async () => {
    await storage.put('a', bodyOf(someBytes(1_000_000)));
    await storage.open('a');
    await firstChunk(await storage.open('a'));
    const links = await Promise.all(
      (await readdir('/proc/self/fd')).map((each) => readlink(`/proc/self/fd/${each}`).catch(() => '')),
    );
    expect(links.filter((link) => link.startsWith(root))).toEqual([]);
  });

  it('says that the root is wrong when it is a file, instead of being empty', async () => {
    const file = join(root, 'file');
    await writeFile(file, '');
    const wrong = storageAt(file);
    const refusal = { code: 'STORAGE.REFUSED', message: expect.stringContaining('STORAGE_LOCAL_ROOT') as string };
    await expect(wrong.check()).rejects.toMatchObject(refusal);
    await expect(storageAt(join(file, 'below')).check()).rejects.toMatchObject(refusal);
    await expect(wrong.stat('a')).rejects.toMatchObject(refusal);
    await expect(wrong.open('a')).rejects.toMatchObject(refusal);
    await expect(collect(wrong.list(''))).rejects.toMatchObject(refusal);
  });
});
