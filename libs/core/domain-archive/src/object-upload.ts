import { type ArchiveStorage, type ByteStreams } from '@scorekeep/platform/domain-storage';
import { corrupted } from './archive.errors';
import { type Measured, StreamMeasure } from './measured-stream';

/** Where objects are, and how they are compressed. */
export interface Stores {
  readonly storage: ArchiveStorage;
  readonly streams: ByteStreams;
}

/** What was stored: compressed, and the content that it was compressed from. */
export interface UploadedObject extends Measured {
  readonly content: Measured;
}

/**
 * Compresses and stores a new object, hashing on both sides of the compression, then compares the length that the store
 * confirms, and the one that it states when it is asked again, with what was sent.
 *
 * @throws STORAGE.*; ARCHIVE.CORRUPTED when the store holds something else; what `content` throws
 */
export async function uploadCompressed(
  { storage, streams }: Stores,
  key: string,
  content: AsyncIterable<Uint8Array>,
): Promise<UploadedObject> {
  const plain = new StreamMeasure(streams.sha256());
  const packed = new StreamMeasure(streams.sha256());
  const confirmed = await storage.put(key, packed.of(streams.gzip(plain.of(content))));
  const contentMeasured = plain.result();
  const measured = packed.result();
  if (!contentMeasured || !measured) throw corrupted(storage.urlOf(key), 'the store did not take all of it');
  const stated = await storage.stat(key);
  for (const bytes of [confirmed.bytes, stated?.bytes ?? 0]) {
    if (bytes === measured.bytes) continue;
    throw corrupted(storage.urlOf(key), `the store says ${bytes} bytes, ${measured.bytes} were sent`);
  }
  return { ...measured, content: contentMeasured };
}
