import { ByteStreams, type RunningHash, storageErrorCodes } from '@scorekeep/platform/domain-storage';
import { AppError } from '@scorekeep/platform/util-errors';
import { createHash } from 'node:crypto';
import { InMemoryParquetStreams } from './in-memory-parquet-streams';
import { gunzipSync, gzipSync } from 'node:zlib';

const chunkBytes = 16 * 1024;

/** Compression of what is first collected in memory. */
export class InMemoryByteStreams extends ByteStreams {
  override readonly parquet = new InMemoryParquetStreams();

  override async *gzip(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    yield* chunksOf(gzipSync(await collected(bytes), { level: 1 }));
  }

  override async *gunzip(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const packed = await collected(bytes);
    try {
      if (packed.length === 0) throw new Error('no bytes');
      yield* chunksOf(gunzipSync(packed));
    } catch (cause) {
      throw new AppError(storageErrorCodes.corrupted, 'the bytes are no complete gzip stream', { cause });
    }
  }

  override sha256(): RunningHash {
    const hash = createHash('sha256');
    return { update: (chunk) => void hash.update(chunk), hex: () => hash.digest('hex') };
  }
}

async function collected(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += chunkBytes) yield bytes.subarray(start, start + chunkBytes);
}
