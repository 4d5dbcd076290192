import { type BucketPart, type BucketPut, type ObjectBucket } from './object-bucket';

/**
 * The parts of one large body, a few on their way at once. Nothing is visible before `complete`; whoever does not
 * complete it must `abort` it, or its parts stay in the bucket, invisible and paid for.
 */
export class MultipartUpload {
  private readonly sent: BucketPart[] = [];
  private readonly sending = new Set<Promise<void>>();
  private readonly failures: unknown[] = [];
  private count = 0;

  private constructor(
    private readonly bucket: ObjectBucket,
    private readonly put: BucketPut,
    private readonly uploadId: string,
    private readonly concurrentParts: number,
  ) {}

  static async start(bucket: ObjectBucket, put: BucketPut, concurrentParts: number): Promise<MultipartUpload> {
    return new MultipartUpload(bucket, put, await bucket.startParts(put), concurrentParts);
  }

  /** Resolves when the next part may come. @throws what an earlier part failed with */
  async add(bytes: Uint8Array, md5: string): Promise<void> {
    const part = { number: (this.count += 1), bytes, md5 };
    const request = this.bucket.putPart(this.put, this.uploadId, part).then(
      (sent) => void this.sent.push(sent),
      (error: unknown) => void this.failures.push(error),
    );
    const tracked = request.finally(() => this.sending.delete(tracked));
    this.sending.add(tracked);
    if (this.sending.size >= this.concurrentParts) await Promise.race(this.sending);
    this.throwFirstFailure();
  }

  /** Makes the object visible. */
  async complete(): Promise<void> {
    await Promise.all(this.sending);
    this.throwFirstFailure();
    const parts = this.sent.sort((left, right) => left.number - right.number);
    await this.bucket.completeParts(this.put, this.uploadId, parts);
  }

  /** Throws the parts away; waits for those on their way, which would otherwise arrive later. */
  async abort(): Promise<void> {
    await Promise.all(this.sending);
    // Why the upload failed is what counts; parts that cannot be removed either are left to the bucket's lifecycle rule.
    await this.bucket.abortParts(this.put, this.uploadId).catch(() => undefined);
  }

  private throwFirstFailure(): void {
    if (this.failures.length > 0) throw this.failures[0];
  }
}
