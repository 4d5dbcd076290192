import { type Readable } from 'node:stream';
import { objectTruncated } from '@scorekeep/platform/domain-storage';

export interface AnnouncedBody {
  readonly key: string;
  /** Length in bytes that the store announced. */
  readonly bytes: number;
  readonly body: Readable;
}

/**
 * The chunks of an answer, to its announced end. When the reader stops early, the connection is closed.
 * @throws STORAGE.TRUNCATED when it ends before, breaks, or nothing comes for `stallTimeoutMs` while the reader waits
 */
export async function* receiveBody(announced: AnnouncedBody, stallTimeoutMs: number): AsyncGenerator<Uint8Array> {
  const { key, bytes: expected, body } = announced;
  const chunks = body[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  let received = 0;
  const truncated = (cause?: unknown) => objectTruncated(key, { expected, received }, cause);
  try {
    for (;;) {
      const next = await nextChunk(chunks, body, stallTimeoutMs).catch((error: unknown) => {
        throw truncated(error);
      });
      if (next.done) break;
      received += next.value.length;
      yield next.value;
    }
    if (received < expected) throw truncated();
  } finally {
    body.destroy();
  }
}

/** The clock runs only while somebody waits: a paused reader is no stalled store. */
async function nextChunk(
  chunks: AsyncIterator<Uint8Array>,
  body: Readable,
  stallTimeoutMs: number,
): Promise<IteratorResult<Uint8Array, unknown>> {
  const stall = setTimeout(() => body.destroy(new Error(`no data for ${stallTimeoutMs} ms`)), stallTimeoutMs);
  try {
    return await chunks.next();
  } finally {
    clearTimeout(stall);
  }
}
