/** What bounds memory, requests and waiting. */
export interface BucketLimits {
  /**
   * A body up to this length goes in one request, a longer one in parts of it. S3 takes parts of 5 MiB to 5 GiB, and
   * 10,000 of them; Azure 50,000; Google multiples of 256 KiB.
   */
  readonly partBytes: number;
  /** Parts of one body that are sent at once. One more is being filled. */
  readonly concurrentParts: number;
  /** How often a request is tried in all. */
  readonly attempts: number;
  readonly connectTimeoutMs: number;
  /** From sending a request, with its body, to the first bytes of the answer. */
  readonly requestTimeoutMs: number;
  /** All attempts of one request with the whole answer; not for reading objects. */
  readonly operationTimeoutMs: number;
  /** Without a byte while a reader waits for the next chunk of an object. A reader may take as long as it likes. */
  readonly stallTimeoutMs: number;
  /** Objects a page of a listing. */
  readonly listPageKeys: number;
}

export const BUCKET_LIMITS: BucketLimits = {
  partBytes: 8 * 1024 * 1024,
  concurrentParts: 3,
  attempts: 3,
  connectTimeoutMs: 5_000,
  requestTimeoutMs: 60_000,
  operationTimeoutMs: 300_000,
  stallTimeoutMs: 60_000,
  listPageKeys: 1_000,
};
