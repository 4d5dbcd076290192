import { bodyOf, inChunks, readAll, someBytes } from '@scorekeep/platform/testing-platform';
import * as fc from 'fast-check';
import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { NodeByteStreams } from './node-byte-streams';

const streams = new NodeByteStreams();
const mebibyte = 1024 * 1024;

/** Counts what is taken of it, and whether it was closed. */
class Source {
  taken = 0;
  closed = false;

  constructor(
    private readonly chunks: Iterable<Uint8Array>,
    private readonly failure?: Error,
  ) {}

  async *read(): AsyncGenerator<Uint8Array> {
    try {
      for (const chunk of this.chunks) {
        this.taken += chunk.length;
        yield chunk;
      }
      if (this.failure) throw this.failure;
    } finally {
      this.closed = true;
    }
  }
}

function* endless(): Generator<Uint8Array> {
  for (let seed = 1; ; seed += 1) yield someBytes(64 * 1024, seed);
}

describe('NodeByteStreams', () => {
  it('gives back what was packed, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), fc.integer({ min: 1, max: 300 }), async (bytes, size) => {
        const packed = await readAll(streams.gzip(inChunks(bytes, size)));
        expect(Uint8Array.from(gunzipSync(packed))).toEqual(bytes);
        expect(Uint8Array.from(await readAll(streams.gunzip(inChunks(packed, size))))).toEqual(bytes);
      }),
    );
  });

  it('packs nothing to a gzip stream of nothing', async () => {
    const packed = await readAll(streams.gzip(bodyOf()));
    expect(packed.length).toBeGreaterThan(0);
    await expect(readAll(streams.gunzip(bodyOf(packed)))).resolves.toHaveLength(0);
  });

  it('carries megabytes', async () => {
    const bytes = someBytes(5 * mebibyte + 3);
    const packed = await readAll(streams.gzip(inChunks(bytes, 100_000)));
    const unpacked = await readAll(streams.gunzip(inChunks(packed, 70_001)));
    expect(Buffer.compare(unpacked, bytes)).toBe(0);
  });

  it('reads all members of a gzip stream', async () => {
    const packed = Buffer.concat([gzipSync('one '), gzipSync('two '), gzipSync('three')]);
    await expect(readAll(streams.gunzip(inChunks(packed, 7)))).resolves.toEqual(
      Uint8Array.from(Buffer.from('one two three')),
    );
  });

  it('hashes what passes by', () => {
    const hash = streams.sha256();
    hash.update(Buffer.from('ab'));
    hash.update(Buffer.from('c'));
    expect(hash.hex()).toBe(createHash('sha256').update('abc').digest('hex'));
    expect(streams.sha256().hex()).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });
});

describe('damaged gzip', () => {
  const packed = gzipSync(someBytes(200_000), { level: 1 });
  const damaged = (at: number): Uint8Array => packed.map((byte, index) => (index === at ? byte ^ 0x55 : byte));

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['plain text', Buffer.from('user_id,course_id\n')],
    ['a header cut off', packed.subarray(0, 5)],
    ['half of it', packed.subarray(0, packed.length / 2)],
    ['all but the last byte', packed.subarray(0, -1)],
    ['a wrong checksum', damaged(packed.length - 6)],
    ['a wrong length', damaged(packed.length - 2)],
    ['a second member cut off', Buffer.concat([packed, packed.subarray(0, 1000)])],
  ])('%s is an error', async (_what, bytes) => {
    await expect(readAll(streams.gunzip(inChunks(bytes, 50_000)))).rejects.toMatchObject({ code: 'STORAGE.CORRUPTED' });
  });

  it('is an error wherever it is cut off', async () => {
    const small = gzipSync('a few words, a few words, a few words');
    for (let length = 0; length < small.length; length += 1) {
      await expect(readAll(streams.gunzip(bodyOf(small.subarray(0, length))))).rejects.toMatchObject({
        code: 'STORAGE.CORRUPTED',
      });
    }
  });
});

describe.each<[string, (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>, () => Iterable<Uint8Array>]>([
  ['gzip', (bytes) => streams.gzip(bytes), endless],
  ['gunzip', (bytes) => streams.gunzip(bytes), packedEndlessly],
])('%s', (_name, transform, input) => {
  it('takes no more than its reader needs', async () => {
    const source = new Source(input());
    const reading = transform(source.read())[Symbol.asyncIterator]();
    await reading.next();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(source.taken).toBeLessThan(2 * mebibyte);
    await reading.return?.();
  });

  it('closes its source when it is abandoned', async () => {
    const source = new Source(input());
    for await (const chunk of transform(source.read())) if (chunk.length > 0) break;
    expect(source.closed).toBe(true);
    const taken = source.taken;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(source.taken).toBe(taken);
  });

  it('throws what its source throws, unchanged', async () => {
    const failure = new Error('connection lost');
    const [chunk = new Uint8Array()] = input();
    const source = new Source([chunk], failure);
    await expect(readAll(transform(source.read()))).rejects.toBe(failure);
    expect(source.closed).toBe(true);
  });
});

/** One gzip member after another. */
function* packedEndlessly(): Generator<Uint8Array> {
  for (const bytes of endless()) yield gzipSync(bytes, { level: 1 });
}
