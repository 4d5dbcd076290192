import {
  type AnnouncedBody,
  type BucketLimits,
  type BucketObject,
  type BucketPage,
  type BucketPart,
  type BucketPartBody,
  type BucketPut,
  ObjectBucket,
} from '@scorekeep/platform/adapter-storage-bucket';
import {
  type BlockBlobClient,
  type ContainerClient,
  type ContainerListBlobFlatSegmentResponse,
} from '@azure/storage-blob';
import { Readable } from 'node:stream';
import { azureContainer } from './azure-container';
import { blobNameOf, keyOf } from './blob-name';
import { codeOf, statusOf, translateAzureError } from './azure-storage.errors';
import { type AzureStorageSettings } from './azure-storage.settings';

const PUT_ID = 'scorekeepputid';

/** A container of Azure Blob Storage; objects are block blobs. */
export class AzureContainerBucket extends ObjectBucket {
  readonly name: string;
  private readonly container: ContainerClient;

  constructor(
    settings: AzureStorageSettings,
    private readonly limits: BucketLimits,
  ) {
    super();
    this.name = settings.STORAGE_BUCKET;
    this.container = azureContainer(settings, limits);
  }

  /**
   * What is to be new goes as a block too: blocks that a killed writer left behind do not count as an object then, which
   * they may do for a Put Blob. Of a Put Blob, Azure computes the checksum of what it received, which is compared afterwards.
   */
  async put(put: BucketPut, bytes: Uint8Array, md5: string): Promise<void> {
    const { key, putId } = put;
    if (put.onlyIfAbsent) {
      const parts = bytes.length === 0 ? [] : [await this.putPart(put, putId, { number: 1, bytes, md5 })];
      await this.completeParts(put, putId, parts);
      return;
    }
    const options = { ...this.deadline(), metadata: { [PUT_ID]: putId } };
    await this.answer(key, () => this.blob(key).upload(bytes, bytes.length, options));
  }

  /** Nothing is asked: blocks are staged under names of their own. */
  async startParts({ putId }: BucketPut): Promise<string> {
    return putId;
  }

  async putPart({ key }: BucketPut, uploadId: string, { number, bytes, md5 }: BucketPartBody): Promise<BucketPart> {
    const etag = Buffer.from(`${uploadId}-${String(number).padStart(5, '0')}`).toString('base64');
    const transactionalContentMD5 = Buffer.from(md5, 'base64');
    await this.answer(key, () =>
      this.blob(key).stageBlock(etag, bytes, bytes.length, { ...this.deadline(), transactionalContentMD5 }),
    );
    return { number, etag };
  }

  async completeParts(
    { key, putId, onlyIfAbsent }: BucketPut,
    _uploadId: string,
    parts: readonly BucketPart[],
  ): Promise<void> {
    const blocks = parts.map(({ etag }) => etag);
    await this.answer(key, () =>
      this.blob(key).commitBlockList(blocks, {
        ...this.deadline(),
        ...ifAbsent(onlyIfAbsent),
        metadata: { [PUT_ID]: putId },
      }),
    );
  }

  /** Azure throws blocks away that nobody commits, after a week. */
  async abortParts(): Promise<void> {}

  async head(key: string): Promise<BucketObject | undefined> {
    try {
      const found = await this.blob(key).getProperties(this.deadline());
      const etag = found.contentMD5 && Buffer.from(found.contentMD5).toString('hex');
      return { bytes: found.contentLength ?? 0, etag, putId: found.metadata?.[PUT_ID] };
    } catch (error) {
      if (statusOf(error) !== 404 || codeOf(error).startsWith('Container')) throw this.translated(error, key);
      return undefined;
    }
  }

  async get(key: string, knownBytes: number): Promise<AnnouncedBody> {
    const found = await this.answer(key, () => this.blob(key).download(0, undefined, { maxRetryRequests: 0 }));
    const body = found.readableStreamBody;
    if (!(body instanceof Readable)) throw new TypeError('The SDK gave a body that is no stream of Node');
    return { key, bytes: found.contentLength ?? knownBytes, body };
  }

  async delete(key: string): Promise<void> {
    await this.answer(key, () => this.blob(key).deleteIfExists(this.deadline()));
  }

  async page(prefix: string, continuation: string | undefined): Promise<BucketPage> {
    const pages = this.container.listBlobsFlat({ ...this.deadline(), prefix: blobNameOf(prefix) }).byPage({
      maxPageSize: this.limits.listPageKeys,
      ...(continuation === undefined ? {} : { continuationToken: continuation }),
    });
    const page: IteratorResult<ContainerListBlobFlatSegmentResponse, unknown> = await this.answer(prefix, () =>
      pages.next(),
    );
    if (page.done === true) return { objects: [], next: undefined };
    const { segment, continuationToken } = page.value;
    const objects = segment.blobItems.map(({ name, properties }) => ({
      key: keyOf(name),
      bytes: properties.contentLength ?? 0,
    }));
    return { objects, next: continuationToken === '' ? undefined : continuationToken };
  }

  async check(): Promise<void> {
    try {
      await this.container.getProperties(this.deadline());
    } catch (error) {
      throw this.translated(error, '');
    }
  }

  private blob(key: string): BlockBlobClient {
    return this.container.getBlockBlobClient(blobNameOf(key));
  }

  private deadline(): { abortSignal: AbortSignal } {
    return { abortSignal: AbortSignal.timeout(this.limits.operationTimeoutMs) };
  }

  private async answer<T>(key: string, request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      throw this.translated(error, key);
    }
  }

  private translated(error: unknown, key: string): Error {
    return translateAzureError(error, { address: addressOf(this.container), container: this.name, key });
  }
}

function ifAbsent(onlyIfAbsent: boolean): { conditions?: { ifNoneMatch: string } } {
  return onlyIfAbsent ? { conditions: { ifNoneMatch: '*' } } : {};
}

/** Of the account; a shared access signature stands behind the `?`. */
function addressOf({ url }: ContainerClient): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname.replace(/\/[^/]*$/, '');
}
