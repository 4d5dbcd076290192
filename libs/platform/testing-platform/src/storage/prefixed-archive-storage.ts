import { ArchiveStorage, type PutOptions, type StoredObject } from '@scorekeep/platform/domain-storage';

/**
 * A corner of a store for one test run: every key lies under `folder`, and nothing else is seen.
 * `clear` removes what the run left behind.
 */
export class PrefixedArchiveStorage extends ArchiveStorage {
  constructor(
    private readonly storage: ArchiveStorage,
    private readonly folder: string,
  ) {
    super();
  }

  async put(key: string, body: AsyncIterable<Uint8Array>, options?: PutOptions): Promise<StoredObject> {
    return this.strip(await this.storage.put(this.full(key), body, options));
  }

  open(key: string): Promise<AsyncIterable<Uint8Array>> {
    return this.storage.open(this.full(key));
  }

  async stat(key: string): Promise<StoredObject | undefined> {
    const found = await this.storage.stat(this.full(key));
    return found && this.strip(found);
  }

  async *list(prefix: string): AsyncIterable<StoredObject> {
    for await (const found of this.storage.list(this.full(prefix))) yield this.strip(found);
  }

  remove(key: string): Promise<void> {
    return this.storage.remove(this.full(key));
  }

  urlOf(key: string): string {
    return this.storage.urlOf(this.full(key));
  }

  check(): Promise<void> {
    return this.storage.check();
  }

  async clear(): Promise<void> {
    const keys: string[] = [];
    for await (const { key } of this.list('')) keys.push(key);
    for (const key of keys) await this.remove(key);
  }

  private full(key: string): string {
    return `${this.folder}/${key}`;
  }

  private strip({ key, bytes }: StoredObject): StoredObject {
    return { key: key.slice(this.folder.length + 1), bytes };
  }
}
