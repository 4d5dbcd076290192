/** Takes bytes from a stream in pieces of the length that is asked for. */
export class ByteQueue {
  private readonly source: AsyncIterator<Uint8Array>;
  private ahead: Buffer = Buffer.alloc(0);
  private ended = false;

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.source = bytes[Symbol.asyncIterator]();
  }

  /** The next bytes without taking them; fewer at the end. */
  async peek(length: number): Promise<Buffer> {
    await this.fill(length);
    return this.ahead.subarray(0, length);
  }

  /** @throws RangeError when there are not as many */
  async take(length: number): Promise<Buffer> {
    await this.fill(length);
    if (this.ahead.length < length) throw new RangeError('the file ends too early');
    const taken = this.ahead.subarray(0, length);
    this.ahead = this.ahead.subarray(length);
    return taken;
  }

  /** All bytes to the end. @throws RangeError when they are more than `most` */
  async rest(most: number): Promise<Buffer> {
    await this.fill(most + 1);
    if (this.ahead.length > most) throw new RangeError('the end of the file is too long');
    return this.ahead;
  }

  async close(): Promise<void> {
    await this.source.return?.();
  }

  private async fill(length: number): Promise<void> {
    if (this.ahead.length >= length || this.ended) return;
    const chunks = [this.ahead];
    for (let missing = length - this.ahead.length; missing > 0; ) {
      const next = await this.source.next();
      this.ended = next.done === true;
      if (next.done) break;
      chunks.push(Buffer.from(next.value));
      missing -= next.value.length;
    }
    this.ahead = Buffer.concat(chunks);
  }
}
