import {
  ArchiveStorage,
  assertStorageKey,
  objectExists,
  objectNotFound,
  type PutOptions,
  type StoredObject,
} from '@scorekeep/platform/domain-storage';
import { readAll } from './test-bytes';

const CHUNK_BYTES = 64 * 1024;

/** The port without a store: everything is in this object and goes with it. */
export class InMemoryArchiveStorage extends ArchiveStorage {
  private readonly objects = new Map<string, Uint8Array>();

  async put(key: string, body: AsyncIterable<Uint8Array>, options: PutOptions = {}): Promise<StoredObject> {
    assertStorageKey(key);
    const bytes = await readAll(body);
    if (this.objects.has(key) && !options.replace) throw objectExists(key);
    this.objects.set(key, bytes);
    return { key, bytes: bytes.length };
  }

  async open(key: string): Promise<AsyncIterable<Uint8Array>> {
    assertStorageKey(key);
    const bytes = this.objects.get(key);
    if (bytes === undefined) throw objectNotFound(key);
    return chunksOf(bytes);
  }

  async stat(key: string): Promise<StoredObject | undefined> {
    assertStorageKey(key);
    const bytes = this.objects.get(key);
    return bytes && { key, bytes: bytes.length };
  }

  async *list(prefix: string): AsyncIterable<StoredObject> {
    const found = [...this.objects].filter(([key]) => key.startsWith(prefix));
    found.sort(([left], [right]) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
    for (const [key, { length }] of found) yield { key, bytes: length };
  }

  async remove(key: string): Promise<void> {
    assertStorageKey(key);
    this.objects.delete(key);
  }

  urlOf(key: string): string {
    assertStorageKey(key);
    return `memory://${key}`;
  }

  async check(): Promise<void> {}
}

/** Copies, so that a reader that writes into a chunk does not change the object. */
async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    yield Uint8Array.from(bytes.subarray(start, start + CHUNK_BYTES));
  }
}
