import { randomUUID } from 'node:crypto';
import {
  ArchiveStorage,
  assertStorageKey,
  isStorageKey,
  isStorageError,
  objectCorrupted,
  objectExists,
  objectNotFound,
  storageErrorCodes,
  type PutOptions,
  type StoredObject,
} from '@scorekeep/platform/domain-storage';
import { ContentDigest } from './content-digest';
import { cutIntoParts } from './cut-into-parts';
import { MultipartUpload } from './multipart-upload';
import { receiveBody } from './receive-body';
import { type BucketLimits } from './bucket-limits';
import { type BucketObject, type BucketPut, type ObjectBucket } from './object-bucket';

/**
 * The port for stores whose objects come by requests: small bodies in one, large ones in parts that become visible
 * together.
 *
 * A put without `replace` asks the store to refuse, with the request that makes the object visible, when the key is taken. Before an
 * upload in parts it also looks at the key, for stores that take the condition with small bodies alone; and
 * the confirmation tells a writer that lost when the other one was later.
 *
 * After each put the object is looked up: length, and its checksum where it has one, must be those of what was sent. The
 * object carries its writer's put id, by which an answer that got lost is told from another writer's object.
 */
export class BucketArchiveStorage extends ArchiveStorage {
  /** @param scheme of `urlOf` */
  constructor(
    private readonly bucket: ObjectBucket,
    private readonly scheme: string,
    private readonly limits: BucketLimits,
  ) {
    super();
  }

  async put(key: string, body: AsyncIterable<Uint8Array>, options: PutOptions = {}): Promise<StoredObject> {
    assertStorageKey(key);
    const put = { key, putId: randomUUID(), onlyIfAbsent: options.replace !== true };
    const digest = await this.send(put, body);
    await this.confirm(put, digest);
    return { key, bytes: digest.bytes };
  }

  /** Looks the object up now and asks for its bytes at the first chunk, so that a body nobody reads holds nothing. */
  async open(key: string): Promise<AsyncIterable<Uint8Array>> {
    const found = await this.stat(key);
    if (found === undefined) throw objectNotFound(key);
    return this.read(found);
  }

  async stat(key: string): Promise<StoredObject | undefined> {
    assertStorageKey(key);
    const found = await this.bucket.head(key);
    return found && { key, bytes: found.bytes };
  }

  /**
   * Leaves out what lies under a key that no method takes, like the folder markers (`a/`) of other tools, and what does
   * not start with the prefix: S3Proxy tidies up a prefix with dots or double slashes before it looks.
   */
  async *list(prefix: string): AsyncIterable<StoredObject> {
    let continuation: string | undefined;
    do {
      const page = await this.bucket.page(prefix, continuation);
      yield* page.objects.filter(({ key }) => key.startsWith(prefix) && isStorageKey(key));
      continuation = page.next;
    } while (continuation !== undefined);
  }

  async remove(key: string): Promise<void> {
    assertStorageKey(key);
    await this.bucket.delete(key);
  }

  urlOf(key: string): string {
    assertStorageKey(key);
    return `${this.scheme}://${this.bucket.name}/${key}`;
  }

  check(): Promise<void> {
    return this.bucket.check();
  }

  private async *read({ key, bytes }: StoredObject): AsyncGenerator<Uint8Array> {
    yield* receiveBody(await this.bucket.get(key, bytes), this.limits.stallTimeoutMs);
  }

  private async send(put: BucketPut, body: AsyncIterable<Uint8Array>): Promise<ContentDigest> {
    const digest = new ContentDigest();
    let upload: MultipartUpload | undefined;
    try {
      for await (const { bytes, isOnly } of cutIntoParts(body, this.limits.partBytes)) {
        const md5 = digest.add(bytes);
        if (isOnly) {
          await this.settled(put, this.bucket.put(put, bytes, md5));
        } else {
          upload ??= await this.startUpload(put);
          await upload.add(bytes, md5);
        }
      }
      if (upload !== undefined) await this.settled(put, upload.complete());
      return digest;
    } catch (error) {
      await upload?.abort();
      throw error;
    }
  }

  private async startUpload(put: BucketPut): Promise<MultipartUpload> {
    if (put.onlyIfAbsent && (await this.bucket.head(put.key)) !== undefined) throw objectExists(put.key);
    return MultipartUpload.start(this.bucket, put, this.limits.concurrentParts);
  }

  /**
   * Waits for the request that makes the object visible. When it fails, the store may have carried it out all the
   * same: its answer got lost, and the next attempt found "exists already" or "no such upload". The put id tells.
   */
  private async settled(put: BucketPut, request: Promise<void>): Promise<void> {
    try {
      await request;
    } catch (error) {
      const found = await this.bucket.head(put.key).catch(() => undefined); // the first failure is the one to tell
      if (found?.putId === put.putId) return;
      const isUnclear = isStorageError(error, storageErrorCodes.unavailable);
      if (found !== undefined && put.onlyIfAbsent && isUnclear) throw objectExists(put.key, error);
      throw error;
    }
  }

  private async confirm(put: BucketPut, digest: ContentDigest): Promise<void> {
    const found = await this.bucket.head(put.key);
    if (found === undefined) throw objectCorrupted(put.key, 'it is not there after the upload');
    if (found.putId !== undefined && found.putId !== put.putId) {
      if (put.onlyIfAbsent) throw objectExists(put.key);
      return; // replaced once more by another writer: nobody will read ours
    }
    const difference = differenceBetween(digest, found);
    if (difference === undefined) return;
    const outcome = await this.bucket.delete(put.key).then(
      () => 'it was removed',
      () => 'it could not be removed',
    );
    throw objectCorrupted(put.key, `${difference}; ${outcome}`);
  }
}

function differenceBetween(sent: ContentDigest, found: BucketObject): string | undefined {
  if (found.bytes !== sent.bytes) return `${sent.bytes} bytes were sent, the store has ${found.bytes}`;
  if (found.etag !== undefined && !sent.fits(found.etag))
    return `its checksum ${found.etag} is not that of what was sent`;
  return undefined;
}
