import { createHash } from 'node:crypto';

const MD5 = /^[0-9a-f]{32}$/;
const MD5_OF_PARTS = /^([0-9a-f]{32})-(\d+)$/;

/** Length and checksums of a body, computed part by part while it is sent. */
export class ContentDigest {
  private readonly whole = createHash('md5');
  private readonly parts: Buffer[] = [];
  private length = 0;

  /** Length of all parts so far. */
  get bytes(): number {
    return this.length;
  }

  /** Takes the next part. @returns its MD5 in base64, which the store checks on receipt */
  add(part: Uint8Array): string {
    const md5 = createHash('md5').update(part).digest();
    this.whole.update(part);
    this.parts.push(md5);
    this.length += part.length;
    return md5.toString('base64');
  }

  /**
   * Whether a store's ETag belongs to these bytes. Two forms say something: the MD5 of the whole, and the MD5 of the
   * parts' MD5s with their number (multipart on S3). Any other form is not a checksum and fits everything.
   */
  fits(etag: string): boolean {
    if (MD5.test(etag)) return etag === this.whole.copy().digest('hex');
    const ofParts = MD5_OF_PARTS.exec(etag);
    if (ofParts === null) return true;
    const md5 = createHash('md5').update(Buffer.concat(this.parts)).digest('hex');
    return etag === `${md5}-${this.parts.length}`;
  }
}
