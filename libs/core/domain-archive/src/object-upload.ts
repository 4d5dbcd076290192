import { type ArchiveStorage, type ByteStreams, type ParquetRow } from '@scorekeep/platform/domain-storage';
import { corrupted } from './archive.errors';
import { type Measured, StreamMeasure } from './measured-stream';
import { csvHeader } from './row-csv';
import { archiveParquetColumns, toParquetRow } from './row-parquet';
import { type EncodedRow } from './segment-rows';

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
  return stored({ storage, streams }, key, { plain, packed, confirmedBytes: confirmed.bytes });
}

/**
 * The same as Parquet. What is measured as content are the rows as CSV, so that whoever reads them back can tell whether
 * they are what they were. @throws as `uploadCompressed`
 */
export async function uploadParquet(
  { storage, streams }: Stores,
  key: string,
  rows: AsyncIterable<EncodedRow>,
): Promise<UploadedObject> {
  const plain = new StreamMeasure(streams.sha256());
  const packed = new StreamMeasure(streams.sha256());
  async function* values(): AsyncGenerator<ParquetRow> {
    plain.add(new TextEncoder().encode(csvHeader));
    for await (const { row, bytes } of rows) {
      plain.add(bytes);
      yield toParquetRow(row);
    }
    plain.end();
  }
  const confirmed = await storage.put(key, packed.of(streams.parquet.encode(archiveParquetColumns, values())));
  return stored({ storage, streams }, key, { plain, packed, confirmedBytes: confirmed.bytes });
}

interface Sent {
  readonly plain: StreamMeasure;
  readonly packed: StreamMeasure;
  readonly confirmedBytes: number;
}

async function stored({ storage }: Stores, key: string, sent: Sent): Promise<UploadedObject> {
  const content = sent.plain.result();
  const measured = sent.packed.result();
  if (!content || !measured) throw corrupted(storage.urlOf(key), 'the store did not take all of it');
  const stated = await storage.stat(key);
  for (const bytes of [sent.confirmedBytes, stated?.bytes ?? 0]) {
    if (bytes === measured.bytes) continue;
    throw corrupted(storage.urlOf(key), `the store says ${bytes} bytes, ${measured.bytes} were sent`);
  }
  return { ...measured, content };
}
