/** Files that need a password. */
export abstract class ZipEncryption {
  /**
   * A zip with one file in it, compressed and encrypted with AES-256 (WinZip's AE-2, which 7-Zip opens), made while it
   * is read: nothing readable lies anywhere.
   *
   * @param name of the file in the zip
   * @param bytes of the file; what this throws comes out unchanged
   */
  abstract encrypt(name: string, bytes: AsyncIterable<Uint8Array>, password: string): AsyncIterable<Uint8Array>;
}
