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
import { bucketNotFound } from '@scorekeep/platform/domain-storage';
import { s3Client } from './s3-client';
import { statusOf, translateS3Error, type S3RequestSubject } from './s3-storage.errors';
import { type S3StorageSettings } from './s3-storage.settings';

const PUT_ID = 'scorekeep-put-id';

/** A bucket of S3. */
export class S3Bucket extends ObjectBucket {
  readonly name: string;
  private readonly address: string;
  private readonly client: S3Client;
  private wasSeen = false;

  constructor(
    settings: S3StorageSettings,
    private readonly limits: BucketLimits,
  ) {
    super();
    this.name = settings.STORAGE_BUCKET;
    this.address = settings.S3_ENDPOINT ?? 'AWS S3';
    this.client = s3Client(settings, limits);
  }

  async put({ key, putId, onlyIfAbsent }: BucketPut, bytes: Uint8Array, md5: string): Promise<void> {
    const object = { ...this.object(key), Body: bytes, ContentMD5: md5, Metadata: { [PUT_ID]: putId } };
    const command = new PutObjectCommand({ ...object, ...ifAbsent(onlyIfAbsent) });
    await this.answer(key, this.client.send(command, this.deadline()));
  }

  async startParts({ key, putId }: BucketPut): Promise<string> {
    const command = new CreateMultipartUploadCommand({ ...this.object(key), Metadata: { [PUT_ID]: putId } });
    const { UploadId: uploadId } = await this.answer(key, this.client.send(command, this.deadline()));
    return this.present(key, 'UploadId', uploadId);
  }

  async putPart({ key }: BucketPut, uploadId: string, part: BucketPartBody): Promise<BucketPart> {
    const upload = { ...this.object(key), UploadId: uploadId, PartNumber: part.number };
    const command = new UploadPartCommand({ ...upload, Body: part.bytes, ContentMD5: part.md5 });
    const { ETag: etag } = await this.answer(key, this.client.send(command, this.deadline()));
    return { number: part.number, etag: this.present(key, 'ETag', etag) };
  }

  async completeParts({ key, onlyIfAbsent }: BucketPut, uploadId: string, parts: readonly BucketPart[]): Promise<void> {
    const command = new CompleteMultipartUploadCommand({
      ...this.object(key),
      ...ifAbsent(onlyIfAbsent),
      UploadId: uploadId,
      MultipartUpload: { Parts: parts.map(({ number, etag }) => ({ PartNumber: number, ETag: etag })) },
    });
    await this.answer(key, this.client.send(command, this.deadline()));
  }

  async abortParts({ key }: BucketPut, uploadId: string): Promise<void> {
    const command = new AbortMultipartUploadCommand({ ...this.object(key), UploadId: uploadId });
    await this.answer(key, this.client.send(command, this.deadline()));
  }

  /** A missing bucket is an error, although its answer looks the same. */
  async head(key: string): Promise<BucketObject | undefined> {
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

  async page(prefix: string, continuation: string | undefined): Promise<BucketPage> {
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
