import { type RunningHash } from '@scorekeep/platform/domain-storage';

/** Length and SHA-256 (lower-case hex) of bytes. */
export interface Measured {
  readonly bytes: number;
  readonly sha256: string;
}

/** Counts and hashes a stream while it passes by. */
export class StreamMeasure {
  private bytes = 0;
  private complete = false;

  constructor(private readonly hash: RunningHash) {}

  async *of(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      this.add(chunk);
      yield chunk;
    }
    this.end();
  }

  /** Takes bytes that come otherwise than by `of`. */
  add(chunk: Uint8Array): void {
    this.hash.update(chunk);
    this.bytes += chunk.length;
  }

  end(): void {
    this.complete = true;
  }

  /** What passed by so far. */
  get passedBytes(): number {
    return this.bytes;
  }

  /** Call once. @returns undefined when the stream was not read to its end */
  result(): Measured | undefined {
    return this.complete ? { bytes: this.bytes, sha256: this.hash.hex() } : undefined;
  }
}
