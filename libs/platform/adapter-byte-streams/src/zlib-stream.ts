import { storageErrorCodes } from '@scorekeep/platform/domain-storage';
import { AppError } from '@scorekeep/platform/util-errors';
import { pipeline, type Transform } from 'node:stream';
import { createGunzip, createGzip } from 'node:zlib';

/** One hop to a thread of libuv for each piece of output, so pieces are large. */
const chunkSize = 128 * 1024;
const level = 1;

export function compressed(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  return through(bytes, () => createGzip({ level, chunkSize }));
}

/** @throws STORAGE.CORRUPTED when the bytes are no complete gzip stream; what `bytes` throws, unchanged */
export async function* decompressed(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* through(bytes, () => createGunzip({ chunkSize }));
  } catch (thrown) {
    throw isZlibError(thrown) ? notGzip(thrown) : thrown;
  }
}

/** The pipeline reads no more than the transform takes, closes the source on every end, and passes on its error. */
async function* through(bytes: AsyncIterable<Uint8Array>, create: () => Transform): AsyncGenerator<Uint8Array> {
  const transform = create();
  const closed = new Promise<void>((resolve) => {
    // The error reaches the reader through the transform, which the pipeline destroys with it.
    pipeline(bytes, transform, () => resolve());
  });
  try {
    for await (const chunk of transform) yield chunk as Uint8Array;
  } finally {
    transform.destroy();
    await closed;
  }
}

/** By its code, which zlib alone gives such names. */
function isZlibError(thrown: unknown): boolean {
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' && code.startsWith('Z_');
}

function notGzip(cause: unknown): AppError {
  return new AppError(storageErrorCodes.corrupted, 'the bytes are no complete gzip stream', { cause });
}
