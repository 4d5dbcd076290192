import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TokenIssuer } from '@scorekeep/platform/testing-platform';
import { KeyFolder } from './key-folder';

const [first, second] = [new TokenIssuer('first'), new TokenIssuer('second')];
const folders: string[] = [];
const opened: KeyFolder[] = [];
const warnings: string[] = [];

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'keys-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

async function open(folder: string): Promise<KeyFolder> {
  const keys = await KeyFolder.open(folder, (message) => warnings.push(message));
  opened.push(keys);
  return keys;
}

/** As the poll does, but now. */
async function afterPoll(keys: KeyFolder, isSeen: () => boolean): Promise<void> {
  while (!isSeen()) await keys.refresh();
}

const pemOf = (kind: 'ec' | 'rsa-1024'): string => {
  const { publicKey } =
    kind === 'ec'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('rsa', { modulusLength: 1_024 });
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
};

beforeEach(() => {
  warnings.length = 0;
});
afterEach(() => {
  for (const keys of opened.splice(0)) keys.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

describe('KeyFolder', () => {
  it('names keys by their files, with and without the ending', async () => {
    const keys = await open(folderWith({ 'key-1.pem': first.publicPem, plain: second.publicPem }));
    expect(keys.get('key-1')?.equals(first.publicKey)).toBe(true);
    expect(keys.get('key-1.pem')?.equals(first.publicKey)).toBe(true);
    expect(keys.get('plain')?.equals(second.publicKey)).toBe(true);
    expect(warnings).toEqual([]);
  });

  it('prefers the file whose whole name is the kid', async () => {
    const keys = await open(folderWith({ 'a.pem': first.publicPem, a: second.publicPem }));
    expect(keys.get('a')?.equals(second.publicKey)).toBe(true);
  });

  it('leaves out what cannot verify RS256, and says so', async () => {
    const privatePem = first.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const folder = folderWith({
      empty: '',
      ec: pemOf('ec'),
      short: pemOf('rsa-1024'),
      private: privatePem,
      broken: '-----BEGIN PUBLIC KEY-----\nabc\n-----END PUBLIC KEY-----',
      long: 'x'.repeat(64 * 1024 + 1),
      '.hidden': first.publicPem,
    });
    mkdirSync(join(folder, 'sub'));
    const keys = await open(folder);
    expect(keys.isEmpty).toBe(true);
    expect(
      warnings.map((line) => line.replace(/read: .*/, 'read').replace(' (setting AUTH_PUBLIC_KEYS_DIR)', '')),
    ).toEqual([
      'public key broken holds no key that can be read',
      'public key ec holds a key of type ec, not RSA',
      'public key empty holds no public key in PEM',
      'public key long is too large',
      'public key private holds no public key in PEM',
      'public key short holds an RSA key of 1024 bits, too few',
    ]);
  });

  it('sees files come, change and go', async () => {
    const folder = folderWith({ a: first.publicPem });
    const keys = await open(folder);
    writeFileSync(join(folder, 'b'), second.publicPem);
    await afterPoll(keys, () => keys.get('b') !== undefined);
    writeFileSync(join(folder, 'a'), second.publicPem);
    await afterPoll(keys, () => keys.get('a')?.equals(second.publicKey) ?? false);
    rmSync(join(folder, 'a'));
    rmSync(join(folder, 'b'));
    await afterPoll(keys, () => keys.isEmpty);
    expect(keys.get('a')).toBeUndefined();
  });

  it('looks by itself', async () => {
    const folder = folderWith({});
    const keys = await open(folder);
    writeFileSync(join(folder, 'a'), first.publicPem);
    await new Promise<void>((seen) => {
      const timer = setInterval(() => {
        if (keys.isEmpty) return;
        clearInterval(timer);
        seen();
      }, 20);
    });
    expect(keys.get('a')?.equals(first.publicKey)).toBe(true);
  });

  it('sees a folder that is swapped by a symbolic link, as orchestrators do', async () => {
    const folder = folderWith({});
    for (const [name, issuer] of [
      ['..v1', first],
      ['..v2', second],
    ] as const) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'a'), issuer.publicPem);
    }
    symlinkSync('..v1', join(folder, '..data'));
    symlinkSync('..data/a', join(folder, 'a'));
    const keys = await open(folder);
    expect(keys.get('a')?.equals(first.publicKey)).toBe(true);
    symlinkSync('..v2', join(folder, '..next'));
    renameSync(join(folder, '..next'), join(folder, '..data'));
    await afterPoll(keys, () => keys.get('a')?.equals(second.publicKey) ?? false);
  });

  it('keeps a key while its file is half written, and all while the folder is gone', async () => {
    const folder = folderWith({ a: first.publicPem });
    const keys = await open(folder);
    writeFileSync(join(folder, 'a'), first.publicPem.slice(0, 80));
    await afterPoll(keys, () => warnings.some((line) => line.startsWith('public key a ')));
    expect(keys.get('a')?.equals(first.publicKey)).toBe(true);
    renameSync(folder, `${folder}-away`);
    await afterPoll(keys, () => warnings.some((line) => line.includes('not read again')));
    expect(keys.get('a')?.equals(first.publicKey)).toBe(true);
    renameSync(`${folder}-away`, folder);
  });

  it('must be there at the start', async () => {
    await expect(open('/nowhere/keys')).rejects.toMatchObject({
      code: 'AUTH.KEYS_UNREADABLE',
      message: expect.stringContaining('AUTH_PUBLIC_KEYS_DIR') as string,
    });
  });
});
