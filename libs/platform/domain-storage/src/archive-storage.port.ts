/** An object as the store itself describes it. */
export interface StoredObject {
  readonly key: string;
  /** Length in bytes, as the store reports it. */
  readonly bytes: number;
}

export interface PutOptions {
  /** Replace an object of the same key. Default false: an existing object is an error and stays as it was. */
  readonly replace?: boolean;
}

/**
 * Objects by key. Keys are `/`-separated opaque text whose segments the caller has percent-encoded (rules:
 * `assertStorageKey`); every body streams. A failure is an `AppError` with a code of `storageErrorCodes`, which says
 * whether a retry can help; what a body itself throws comes out of `put` unchanged.
 */
export abstract class ArchiveStorage {
  /**
   * Creates the object: visible in full or not at all, and when this resolves the store has confirmed length and
   * (where it reports one) checksum of exactly what was sent.
   * @throws STORAGE.OBJECT_EXISTS unless `replace`; STORAGE.CORRUPTED when the store confirms something else.
   * After STORAGE.UNAVAILABLE the object may be there in full.
   */
  abstract put(key: string, body: AsyncIterable<Uint8Array>, options?: PutOptions): Promise<StoredObject>;

  /**
   * The object's bytes, read once, fetched as they are consumed. A reader may stop half way.
   * @throws STORAGE.NOT_FOUND now, STORAGE.TRUNCATED while reading.
   */
  abstract open(key: string): Promise<AsyncIterable<Uint8Array>>;

  /** What the store says of an object; undefined when there is none. A store that cannot tell throws. */
  abstract stat(key: string): Promise<StoredObject | undefined>;

  /** Objects whose key starts with `prefix`, in ascending order of the key's UTF-8 bytes, all pages. */
  abstract list(prefix: string): AsyncIterable<StoredObject>;

  /** Removes the object. Removing what is not there is no error. */
  abstract remove(key: string): Promise<void>;

  /** How a person finds the object: `s3://bucket/key`, or an absolute path. Not a download link. */
  abstract urlOf(key: string): string;

  /**
   * Resolves when the store answers and the bucket is there.
   * @throws STORAGE.UNAVAILABLE, STORAGE.REFUSED or STORAGE.BUCKET_NOT_FOUND, naming address and setting.
   */
  abstract check(): Promise<void>;
}
