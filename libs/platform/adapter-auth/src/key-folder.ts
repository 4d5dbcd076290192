import { type KeyObject } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { messageOf } from '@scorekeep/platform/util-errors';
import { keysUnreadable } from './auth.errors';
import { KeySource } from './key-source.port';
import { PacedRefresh } from './paced-refresh';
import { rsaKeyOfPem } from './rsa-key';

const POLL_INTERVAL_MS = 1_000;
const MIN_REFRESH_INTERVAL_MS = 100;
const LARGEST_FILE_BYTES = 64 * 1024;

interface KeyFile {
  /** Changes whenever the file does. */
  readonly version: string;
  readonly key: KeyObject | undefined;
}

/**
 * The PEM files of one folder; a file's name, with or without its ending, is the `kid`. Looked at every second, because
 * folders that orchestrators swap by a symbolic link tell watchers nothing. A file that holds no usable key is named in
 * the log; while a known key's file cannot be read (half written, say), the key stays. Names that begin with `.` are not
 * keys.
 */
export class KeyFolder extends KeySource {
  private files = new Map<string, KeyFile>();
  private keys = new Map<string, KeyObject>();
  private readonly paced = new PacedRefresh(
    () => this.look(),
    MIN_REFRESH_INTERVAL_MS,
    () => performance.now(),
  );
  private readonly poll: NodeJS.Timeout;

  private constructor(
    private readonly folder: string,
    private readonly warn: (message: string) => void,
  ) {
    super();
    this.poll = setInterval(() => void this.refresh(), POLL_INTERVAL_MS).unref();
  }

  /** @throws AUTH.KEYS_UNREADABLE when there is no such folder */
  static async open(folder: string, warn: (message: string) => void): Promise<KeyFolder> {
    await readdir(folder).catch((error: unknown) => {
      throw keysUnreadable(folder, 'AUTH_PUBLIC_KEYS_DIR', messageOf(error), error);
    });
    const keys = new KeyFolder(folder, warn);
    await keys.refresh();
    return keys;
  }

  get isEmpty(): boolean {
    return this.keys.size === 0;
  }

  get(kid: string): KeyObject | undefined {
    return this.keys.get(kid);
  }

  /** A folder that cannot be read leaves the keys as they are. */
  async refresh(): Promise<void> {
    await this.paced.run().catch((error: unknown) => this.warn(`public keys not read again: ${messageOf(error)}`));
  }

  close(): void {
    clearInterval(this.poll);
  }

  private async look(): Promise<void> {
    const names = (await readdir(this.folder)).filter((name) => !name.startsWith('.')).sort();
    const files = new Map<string, KeyFile>();
    for (const name of names) {
      const file = await this.read(name);
      if (file) files.set(name, file);
    }
    this.files = files;
    this.keys = keysByKid(files);
  }

  /** @returns undefined for what is no file, or no longer there */
  private async read(name: string): Promise<KeyFile | undefined> {
    const path = join(this.folder, name);
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile()) return undefined;
    const version = [found.ino, found.size, found.mtimeMs, found.ctimeMs].join(' ');
    const known = this.files.get(name);
    if (known?.version === version) return known;
    const read =
      found.size > LARGEST_FILE_BYTES ? { problem: 'is too large' } : rsaKeyOfPem(await readFile(path, 'utf8'));
    if ('key' in read) return { version, key: read.key };
    this.warn(`public key ${name} ${read.problem} (setting AUTH_PUBLIC_KEYS_DIR)`);
    return { version, key: known?.key };
  }
}

/** Full names come first: of `a` and `a.pem`, the `kid` a means the former. */
function keysByKid(files: ReadonlyMap<string, KeyFile>): Map<string, KeyObject> {
  const keys = new Map<string, KeyObject>();
  for (const [name, { key }] of files) if (key) keys.set(name, key);
  for (const [name, { key }] of files) {
    const kid = parse(name).name;
    if (key && !keys.has(kid)) keys.set(kid, key);
  }
  return keys;
}
