import { NodeParquetStreams } from '@scorekeep/platform/adapter-parquet';
import { ByteStreams, type RunningHash } from '@scorekeep/platform/domain-storage';
import { createHash } from 'node:crypto';
import { compressed, decompressed } from './zlib-stream';

/** gzip level 1 (three times as fast as the default, 15–20 % longer) on libuv's threads, and SHA-256 by OpenSSL. */
export class NodeByteStreams extends ByteStreams {
  readonly parquet = new NodeParquetStreams();

  gzip(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    return compressed(bytes);
  }

  gunzip(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    return decompressed(bytes);
  }

  sha256(): RunningHash {
    const hash = createHash('sha256');
    return {
      update: (chunk) => {
        hash.update(chunk);
      },
      hex: () => hash.digest('hex'),
    };
  }
}
