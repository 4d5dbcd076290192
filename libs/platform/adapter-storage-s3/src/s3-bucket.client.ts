import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
  type HeadObjectCommandOutput,
} from '@aws-sdk/client-s3';
import { bucketNotFound, type StoredObject } from '@scorekeep/platform/domain-storage';
import { type AnnouncedBody } from './receive-body';
import { s3Client } from './s3-client';
import { type S3Limits } from './s3-limits';
import { statusOf, translateS3Error, type S3RequestSubject } from './s3-storage.errors';
import { type S3StorageSettings } from './s3-storage.settings';

/** One put, from its first request to its last. */
export interface S3Put {
  readonly key: string;
  /** Unique; stored with the object, so that an object can be told from another writer's under the same key. */
  readonly putId: string;
  /** Ask the store to refuse when the key is taken. */
  readonly onlyIfAbsent: boolean;
}

export interface S3Part {
  readonly number: number;
  readonly etag: string;
}

export interface S3ObjectHead {
  readonly bytes: number;
  /** Absent where it says nothing of the content: objects that are encrypted with keys of KMS or the customer. */
  readonly etag: string | undefined;
  /** Absent on objects of other tools, and in stores that keep no metadata. */
  readonly putId: string | undefined;
}

export interface S3Page {
  readonly objects: readonly StoredObject[];
  /** Asks for the next page; undefined on the last. */
  readonly next: string | undefined;
}

const PUT_ID = 'scorekeep-put-id';

/** One bucket: a method a request, plain types, translated errors. */
export class S3Bucket {
  readonly name: string;
  private readonly address: string;
  private readonly client: S3Client;
  private wasSeen = false;

  constructor(
    settings: S3StorageSettings,
    private readonly limits: S3Limits,
  ) {
    this.name = settings.STORAGE_BUCKET;
    this.address = settings.S3_ENDPOINT ?? 'AWS S3';
    this.client = s3Client(settings, limits);
  }

  async put({ key, putId, onlyIfAbsent }: S3Put, bytes: Uint8Array, md5: string): Promise<void> {
    const object = { ...this.object(key), Body: bytes, ContentMD5: md5, Metadata: { [PUT_ID]: putId } };
    const command = new PutObjectCommand({ ...object, ...ifAbsent(onlyIfAbsent) });
    await this.answer(key, this.client.send(command, this.deadline()));
  }

  async startParts({ key, putId }: S3Put): Promise<string> {
    const command = new CreateMultipartUploadCommand({ ...this.object(key), Metadata: { [PUT_ID]: putId } });
    const { UploadId: uploadId } = await this.answer(key, this.client.send(command, this.deadline()));
    return this.present(key, 'UploadId', uploadId);
  }

  async putPart(
    key: string,
    uploadId: string,
    part: { number: number; bytes: Uint8Array; md5: string },
  ): Promise<S3Part> {
    const upload = { ...this.object(key), UploadId: uploadId, PartNumber: part.number };
    const command = new UploadPartCommand({ ...upload, Body: part.bytes, ContentMD5: part.md5 });
    const { ETag: etag } = await this.answer(key, this.client.send(command, this.deadline()));
    return { number: part.number, etag: this.present(key, 'ETag', etag) };
  }

  /** @param parts in ascending order of their numbers */
  async completeParts({ key, onlyIfAbsent }: S3Put, uploadId: string, parts: readonly S3Part[]): Promise<void> {
    const command = new CompleteMultipartUploadCommand({
      ...this.object(key),
      ...ifAbsent(onlyIfAbsent),
      UploadId: uploadId,
      MultipartUpload: { Parts: parts.map(({ number, etag }) => ({ PartNumber: number, ETag: etag })) },
    });
    await this.answer(key, this.client.send(command, this.deadline()));
  }

  async abortParts(key: string, uploadId: string): Promise<void> {
    const command = new AbortMultipartUploadCommand({ ...this.object(key), UploadId: uploadId });
    await this.answer(key, this.client.send(command, this.deadline()));
  }

  /** Undefined when there is no such object; a missing bucket is an error, although its answer looks the same. */
  async head(key: string): Promise<S3ObjectHead | undefined> {
    try {
      const found = await this.client.send(new HeadObjectCommand(this.object(key)), this.deadline());
      this.wasSeen = true;
      return { bytes: found.ContentLength ?? 0, etag: checksumOf(found), putId: found.Metadata?.[PUT_ID] };
    } catch (error) {
      if (statusOf(error) !== 404) throw translateS3Error(error, this.subject(key));
      if (!this.wasSeen) await this.check();
      return undefined;
    }
  }

  /** The answer's body must be read or destroyed: it holds a connection. */
  async get(key: string, knownBytes: number): Promise<AnnouncedBody> {
    const found = await this.answer(key, this.client.send(new GetObjectCommand(this.object(key))));
    if (!(found.Body instanceof Readable)) throw new TypeError('The SDK gave a body that is no stream of Node');
    return { key, bytes: found.ContentLength ?? knownBytes, body: found.Body };
  }

  async delete(key: string): Promise<void> {
    try {
      await this.client.send(new DeleteObjectCommand(this.object(key)), this.deadline());
    } catch (error) {
      if ((error as Error).name !== 'NoSuchKey') throw translateS3Error(error, this.subject(key));
    }
  }

  async page(prefix: string, continuation: string | undefined): Promise<S3Page> {
    const page = { Bucket: this.name, Prefix: prefix, MaxKeys: this.limits.listPageKeys };
    const command = new ListObjectsV2Command({ ...page, ContinuationToken: continuation });
    const found = await this.answer(prefix, this.client.send(command, this.deadline()));
    const objects = (found.Contents ?? []).map(({ Key, Size }) => ({
      key: this.present(prefix, 'Key', Key),
      bytes: this.present(prefix, 'Size', Size),
    }));
    const next = found.IsTruncated
      ? this.present(prefix, 'NextContinuationToken', found.NextContinuationToken)
      : undefined;
    return { objects, next };
  }

  async check(): Promise<void> {
    try {
      await this.client.send(new HeadBucketCommand({ Bucket: this.name }), this.deadline());
      this.wasSeen = true;
    } catch (error) {
      const place = { address: this.address, setting: 'STORAGE_BUCKET' };
      throw statusOf(error) === 404
        ? bucketNotFound(this.name, place, error)
        : translateS3Error(error, this.subject(''));
    }
  }

  private object(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.name, Key: key };
  }

  private deadline(): { abortSignal: AbortSignal } {
    return { abortSignal: AbortSignal.timeout(this.limits.operationTimeoutMs) };
  }

  private async answer<T>(key: string, request: Promise<T>): Promise<T> {
    try {
      return await request;
    } catch (error) {
      throw translateS3Error(error, this.subject(key));
    }
  }

  /** A server that leaves out what S3 always sends must not be believed in the rest. */
  private present<T>(key: string, field: string, value: T | undefined): T {
    if (value !== undefined) return value;
    throw translateS3Error(new Error(`its answer has no ${field}`), this.subject(key));
  }

  private subject(key: string): S3RequestSubject {
    return { address: this.address, bucket: this.name, key };
  }
}

function ifAbsent(onlyIfAbsent: boolean): { IfNoneMatch?: string } {
  return onlyIfAbsent ? { IfNoneMatch: '*' } : {};
}

function checksumOf({ ETag: etag, ServerSideEncryption, SSECustomerAlgorithm }: HeadObjectCommandOutput) {
  const isOfCiphertext = ServerSideEncryption?.startsWith('aws:kms') || SSECustomerAlgorithm !== undefined;
  return isOfCiphertext ? undefined : etag?.replaceAll('"', '');
}
