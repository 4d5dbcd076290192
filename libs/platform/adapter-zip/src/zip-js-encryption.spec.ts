import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { findSevenZip } from '@scorekeep/platform/testing-platform';
import { ZipJsEncryption } from './zip-js-encryption';

const zip = new ZipJsEncryption();
const password = 's3cret "pass" word!';
const sevenZip = findSevenZip();

async function* inChunks(bytes: Uint8Array, size = 10_000): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function contentOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

const text = Buffer.from('User UUID,Score\n' + 'learner é😀,1.0\n'.repeat(20_000));

describe('ZipJsEncryption', () => {
  it('keeps nothing readable', async () => {
    const written = await contentOf(zip.encrypt('report.csv', inChunks(text), password));
    expect(written.includes('learner')).toBe(false);
    expect(written.includes('report.csv')).toBe(true);
    expect(written.length).toBeLessThan(text.length / 10);
  });

  it('ends with what the file throws', async () => {
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      yield text;
      throw new Error('the source broke');
    };
    await expect(contentOf(zip.encrypt('report.csv', broken(), password))).rejects.toThrow('the source broke');
  });

  it('throws what is no error unchanged, too', async () => {
    const reason = Symbol('called off');
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      yield text;
      throw reason as unknown as Error;
    };
    await expect(contentOf(zip.encrypt('report.csv', broken(), password))).rejects.toBe(reason);
  });

  it('ends the source when its reader leaves', async () => {
    let ended = false;
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield randomBytes(100_000);
      } finally {
        ended = true;
      }
    };
    for await (const chunk of zip.encrypt('report.parquet', endless(), password)) {
      if (chunk.length > 0) break;
    }
    while (!ended) await new Promise((resolve) => setTimeout(resolve, 5));
  });

  describe('opened by 7-Zip', () => {
    let folder: string;
    beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'zip-'))));
    afterEach(() => rmSync(folder, { recursive: true }));

    const open = (file: string, given: string): Buffer =>
      execFileSync(sevenZip, ['x', '-so', `-p${given}`, file], {
        stdio: ['ignore', 'pipe', 'pipe'],
        maxBuffer: 2 ** 28,
      });

    it.each([
      { name: 'report.csv', content: text },
      { name: 'report.csv.gz', content: gzipSync(text) },
      { name: 'empty.csv', content: Buffer.alloc(0) },
    ])('is what it was: $name', async ({ name, content }) => {
      const file = join(folder, 'report.zip');
      writeFileSync(file, await contentOf(zip.encrypt(name, inChunks(content), password)));
      expect(open(file, password).equals(content)).toBe(true);
      expect(execFileSync(sevenZip, ['l', '-slt', `-p${password}`, file], { encoding: 'utf8' })).toContain('AES-256');
    });

    it('does not open with another password', async () => {
      const file = join(folder, 'report.zip');
      writeFileSync(file, await contentOf(zip.encrypt('report.csv', inChunks(text), password)));
      expect(() => open(file, 'another password')).toThrow(/Wrong password/);
      expect(readFileSync(file).includes('learner')).toBe(false);
    });
  });
});
