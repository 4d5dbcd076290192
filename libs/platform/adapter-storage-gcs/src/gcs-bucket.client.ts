import { type Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { type Bucket, type File } from '@google-cloud/storage';
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
import { addressOf, gcsBucket } from './gcs-bucket';
import { mediaOf } from './gcs-media';
import { isBucketMissing, statusOf, translateGcsError } from './gcs-storage.errors';
import { type GcsStorageSettings } from './gcs-storage.settings';

const PUT_ID = 'scorekeepputid';

/** A body on its way in a resumable upload. */
interface Upload {
  readonly stream: Writable;
  /** Settles when the object is there, or will never be. */
  readonly done: Promise<void>;
}

/** A bucket of Google Cloud Storage. What comes in parts goes, in their order, into one resumable upload. */
export class GcsBucket extends ObjectBucket {
  readonly name: string;
  private readonly bucket: Bucket;
  private readonly address: string;
  private readonly uploads = new Map<string, Upload>();

  constructor(
    settings: GcsStorageSettings,
    private readonly limits: BucketLimits,
  ) {
    super();
    this.name = settings.STORAGE_BUCKET;
    this.bucket = gcsBucket(settings, limits);
    this.address = addressOf(settings);
  }

  async put(put: BucketPut, bytes: Uint8Array, md5: string): Promise<void> {
    await this.answer(put.key, () =>
      this.file(put).save(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), {
        resumable: false,
        validation: false,
        metadata: { ...metadataOf(put), md5Hash: md5 },
      }),
    );
  }

  async startParts(put: BucketPut): Promise<string> {
    const stream = this.file(put).createWriteStream({
      resumable: true,
      validation: false,
      chunkSize: this.limits.partBytes,
      metadata: metadataOf(put),
    });
    const done = finished(stream);
    // whoever writes or completes asks for it; nobody may, when the upload is given up
    done.catch(() => undefined);
    this.uploads.set(put.putId, { stream, done });
    return put.putId;
  }

  async putPart({ key }: BucketPut, uploadId: string, { number, bytes }: BucketPartBody): Promise<BucketPart> {
    const { stream, done } = this.uploadOf(uploadId);
    await this.answer(key, () => Promise.race([written(stream, bytes), done]));
    return { number, etag: '' };
  }

  async completeParts({ key }: BucketPut, uploadId: string): Promise<void> {
    const { stream, done } = this.uploadOf(uploadId);
    stream.end();
    await this.answer(key, () => done);
    this.uploads.delete(uploadId);
  }

  /** Google throws an upload away that nobody completes, after a week. */
  async abortParts(_put: BucketPut, uploadId: string): Promise<void> {
    this.uploads.get(uploadId)?.stream.destroy();
    this.uploads.delete(uploadId);
  }

  async head(key: string): Promise<BucketObject | undefined> {
    try {
      const [{ size, md5Hash, metadata }] = await this.bucket.file(key).getMetadata();
      const putId = metadata?.[PUT_ID];
      return {
        bytes: Number(size),
        etag: md5Hash === undefined ? undefined : Buffer.from(md5Hash, 'base64').toString('hex'),
        putId: typeof putId === 'string' ? putId : undefined,
      };
    } catch (error) {
      if (statusOf(error) !== 404 || isBucketMissing(error)) throw this.translated(error, key);
      return undefined;
    }
  }

  async get(key: string, knownBytes: number): Promise<AnnouncedBody> {
    const body = await this.answer(key, () => mediaOf(this.bucket, key, this.limits));
    return { key, bytes: knownBytes, body };
  }

  async delete(key: string): Promise<void> {
    try {
      await this.bucket.file(key).delete();
    } catch (error) {
      if (statusOf(error) !== 404 || isBucketMissing(error)) throw this.translated(error, key);
    }
  }

  async page(prefix: string, continuation: string | undefined): Promise<BucketPage> {
    const [files, next] = await this.answer(prefix, () =>
      this.bucket.getFiles({
        prefix,
        autoPaginate: false,
        maxResults: this.limits.listPageKeys,
        ...(continuation === undefined ? {} : { pageToken: continuation }),
      }),
    );
    const objects = files.map(({ name, metadata }) => ({ key: name, bytes: Number(metadata.size) }));
    return { objects, next: (next as { readonly pageToken?: string } | null | undefined)?.pageToken };
  }

  async check(): Promise<void> {
    await this.answer('', () => this.bucket.getMetadata());
  }

  private uploadOf(uploadId: string): Upload {
    const upload = this.uploads.get(uploadId);
    if (!upload) throw new RangeError(`there is no upload ${uploadId}`);
    return upload;
  }

  private file({ key, onlyIfAbsent }: BucketPut): File {
    const file = this.bucket.file(key);
    if (onlyIfAbsent) file.instancePreconditionOpts = { ifGenerationMatch: 0 };
    return file;
  }

  private async answer<T>(key: string, request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      throw this.translated(error, key);
    }
  }

  private translated(error: unknown, key: string): Error {
    return translateGcsError(error, { address: this.address, bucket: this.name, key });
  }
}

function metadataOf({ putId }: BucketPut): { metadata: Record<string, string> } {
  return { metadata: { [PUT_ID]: putId } };
}

function written(stream: Writable, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}
