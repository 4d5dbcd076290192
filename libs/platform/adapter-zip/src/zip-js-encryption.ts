import { PassThrough, Writable } from 'node:stream';
import { ZipEncryption } from '@scorekeep/platform/domain-storage';

const AES_256 = 3;
/** The one that Node compresses at natively. */
const USUAL_LEVEL = 6;
const STORED = 0;
const COMPRESSED_ALREADY = /\.(gz|parquet)$/;
const BUFFERED_BYTES = 1024 * 1024;

/** Encrypted zips by zip.js. */
export class ZipJsEncryption extends ZipEncryption {
  override async *encrypt(
    name: string,
    bytes: AsyncIterable<Uint8Array>,
    password: string,
  ): AsyncGenerator<Uint8Array> {
    const { ZipWriter } = await loadZipJs();
    const out = new PassThrough({ highWaterMark: BUFFERED_BYTES });
    const zip = new ZipWriter(Writable.toWeb(out), {
      password,
      encryptionStrength: AES_256,
      level: COMPRESSED_ALREADY.test(name) ? STORED : USUAL_LEVEL,
    });
    let failure: { readonly error: unknown } | undefined;
    const source = async function* (): AsyncGenerator<Uint8Array> {
      try {
        yield* bytes;
      } catch (error) {
        failure = { error };
        throw error;
      }
    };
    const writing = zip.add(name, ReadableStream.from(source())).then(() => zip.close());
    // Whoever reads sees the failure as the end of the stream; it is awaited below.
    writing.catch((error: Error) => out.destroy(error));
    try {
      for await (const chunk of out) yield chunk as Uint8Array;
      await writing;
    } catch (error) {
      throw failure ? failure.error : error;
    } finally {
      out.destroy();
    }
  }
}

/** Only when a report is to be encrypted: few are. */
async function loadZipJs() {
  const zipJs = await import('@zip.js/zip.js');
  // Workers would need files of their own beside the app's.
  zipJs.configure({ useWebWorkers: false });
  return zipJs;
}
