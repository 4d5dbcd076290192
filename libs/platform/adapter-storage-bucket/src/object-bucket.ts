import { type StoredObject } from '@scorekeep/platform/domain-storage';
import { type AnnouncedBody } from './receive-body';

/** One put, from its first request to its last. */
export interface BucketPut {
  readonly key: string;
  /** Unique; stored with the object, so that an object can be told from another writer's under the same key. */
  readonly putId: string;
  /** Ask the store to refuse when the key is taken. */
  readonly onlyIfAbsent: boolean;
}

export interface BucketPart {
  readonly number: number;
  readonly etag: string;
}

export interface BucketObject {
  readonly bytes: number;
  /** Its checksum in a form that `ContentDigest` knows, or anything else; absent where it says nothing of the content. */
  readonly etag: string | undefined;
  /** Absent on objects of other tools, and in stores that keep no metadata. */
  readonly putId: string | undefined;
}

export interface BucketPage {
  readonly objects: readonly StoredObject[];
  /** Asks for the next page; undefined on the last. */
  readonly next: string | undefined;
}

/** A part on its way. Its MD5 is in base64. */
export interface BucketPartBody {
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly md5: string;
}

/** One bucket (or container) of a store: a method a request, plain types, translated errors. */
export abstract class ObjectBucket {
  abstract readonly name: string;

  /** The whole object in one request. */
  abstract put(put: BucketPut, bytes: Uint8Array, md5: string): Promise<void>;

  /** Begins an object that comes in parts. @returns what its parts name */
  abstract startParts(put: BucketPut): Promise<string>;
  abstract putPart(put: BucketPut, uploadId: string, part: BucketPartBody): Promise<BucketPart>;

  /** Makes the object visible. @param parts in ascending order of their numbers */
  abstract completeParts(put: BucketPut, uploadId: string, parts: readonly BucketPart[]): Promise<void>;
  abstract abortParts(put: BucketPut, uploadId: string): Promise<void>;

  /** Undefined when there is no such object; a missing bucket is an error. */
  abstract head(key: string): Promise<BucketObject | undefined>;

  /** The body must be read or destroyed: it holds a connection. */
  abstract get(key: string, knownBytes: number): Promise<AnnouncedBody>;

  /** Deleting what is not there is no error. */
  abstract delete(key: string): Promise<void>;
  abstract page(prefix: string, continuation: string | undefined): Promise<BucketPage>;
  abstract check(): Promise<void>;
}
