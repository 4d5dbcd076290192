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
import { S3Bucket, type S3ObjectHead, type S3Put } from './s3-bucket.client';
import { S3_LIMITS, type S3Limits } from './s3-limits';
import { type S3StorageSettings } from './s3-storage.settings';

/**
 * Objects in a bucket of S3 or a server that speaks its protocol.
 *
 * A put without `replace` sends `If-None-Match: *` with the request that makes the object visible:
 * - Amazon S3 honours it on PutObject and on CompleteMultipartUpload: of several writers exactly one succeeds.
 * - S3Proxy honours it on PutObject by looking first and writing then, so two at the same instant may both succeed;
 *   on CompleteMultipartUpload it ignores it. For large bodies a look at the key before the upload stands in, and the
 *   confirmation below tells a writer that lost when the other one was later.
 * What must never be created twice is best kept within one part (`partBytes`).
 *
 * After each put the object is looked up: length, and the ETag where it is a checksum, must be those of what was sent.
 * The object carries its writer's put id, by which an answer that got lost is told from another writer's object.
 */
export class S3ArchiveStorage extends ArchiveStorage {
  private readonly bucket: S3Bucket;

  constructor(
    settings: S3StorageSettings,
    private readonly limits: S3Limits = S3_LIMITS,
  ) {
    super();
    this.bucket = new S3Bucket(settings, limits);
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
    return `s3://${this.bucket.name}/${key}`;
  }

  check(): Promise<void> {
    return this.bucket.check();
  }

  private async *read({ key, bytes }: StoredObject): AsyncGenerator<Uint8Array> {
    yield* receiveBody(await this.bucket.get(key, bytes), this.limits.stallTimeoutMs);
  }

  private async send(put: S3Put, body: AsyncIterable<Uint8Array>): Promise<ContentDigest> {
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

  private async startUpload(put: S3Put): Promise<MultipartUpload> {
    if (put.onlyIfAbsent && (await this.bucket.head(put.key)) !== undefined) throw objectExists(put.key);
    return MultipartUpload.start(this.bucket, put, this.limits.concurrentParts);
  }

  /**
   * Waits for the request that makes the object visible. When it fails, the store may have carried it out all the
   * same: its answer got lost, and the next attempt found "exists already" or "no such upload". The put id tells.
   */
  private async settled(put: S3Put, request: Promise<void>): Promise<void> {
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

  private async confirm(put: S3Put, digest: ContentDigest): Promise<void> {
    const found = await this.bucket.head(put.key);
    if (found === undefined) throw objectCorrupted(put.key, 'it is not there after the upload');
    if (found.putId !== undefined && found.putId !== put.putId) {
      if (put.onlyIfAbsent) throw objectExists(put.key);
      return; // replaced once more by another writer: the store took ours whole, each request checked by its MD5
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

function differenceBetween(sent: ContentDigest, found: S3ObjectHead): string | undefined {
  if (found.bytes !== sent.bytes) return `${sent.bytes} bytes were sent, the store has ${found.bytes}`;
  if (found.etag !== undefined && !sent.fits(found.etag)) return `its ETag ${found.etag} is not that of what was sent`;
  return undefined;
}
