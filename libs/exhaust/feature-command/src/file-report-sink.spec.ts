import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileReportSink } from './file-report-sink';

describe('FileReportSink', () => {
  const sink = new FileReportSink();
  let folder: string;
  let file: string;
  const signal = new AbortController().signal;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'report-sink-'));
    file = join(folder, 'report.csv');
    writeFileSync(file, 'old');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function* texts(...chunks: string[]): AsyncGenerator<Uint8Array> {
    for (const chunk of chunks) {
      expect(readFileSync(file, 'utf8')).toBe('old');
      yield Buffer.from(chunk);
    }
  }

  it('replaces what is there, at the end and not before', async () => {
    const confirm = async () => {
      expect(readFileSync(file, 'utf8')).toBe('old');
      expect(readdirSync(folder)).toHaveLength(2);
      return true;
    };
    const outcome = await sink.publish(file, texts('new', ' and ', 'längér'), { confirm, signal });
    expect(outcome).toEqual({ kind: 'published', bytes: 16 });
    expect(readFileSync(file, 'utf8')).toBe('new and längér');
    expect(readdirSync(folder)).toEqual(['report.csv']);
  });

  it('publishes an empty report', async () => {
    expect(await sink.publish(file, texts(), { confirm: async () => true, signal })).toEqual({
      kind: 'published',
      bytes: 0,
    });
    expect(readFileSync(file, 'utf8')).toBe('');
  });

  it('leaves everything as it was when it is called off', async () => {
    expect(await sink.publish(file, texts('new'), { confirm: async () => false, signal })).toEqual({
      kind: 'called off',
    });
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['report.csv']);
  });

  it('passes on what the stream and the confirmation throw, and leaves everything as it was', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('new');
      throw new Error('the source broke');
    }
    const confirm = async () => {
      throw new Error('not known');
    };
    await expect(sink.publish(file, broken(), { confirm, signal })).rejects.toThrow(/^the source broke$/);
    await expect(sink.publish(file, texts('new'), { confirm, signal })).rejects.toThrow(/^not known$/);
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['report.csv']);
  });

  it('closes the stream when the file cannot be written, names the file and leaves everything as it was', async () => {
    let closed = false;
    async function* unwritable(): AsyncGenerator<Uint8Array> {
      try {
        yield Buffer.from('new');
        yield 42 as unknown as Uint8Array;
      } finally {
        closed = true;
      }
    }
    const published = sink.publish(file, unwritable(), { confirm: async () => true, signal });
    await expect(published).rejects.toMatchObject({ code: 'EXHAUST.CANNOT_WRITE', context: { file } });
    expect(closed).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['report.csv']);
  });

  it.each([
    { name: 'a folder that is not there', out: (there: string) => join(there, 'nowhere', 'report.csv') },
    { name: 'a folder in its place', out: (there: string) => join(there, 'taken') },
  ])('says that the file cannot be written: $name', async ({ out }) => {
    mkdirSync(join(folder, 'taken'));
    const path = out(folder);
    await expect(sink.publish(path, texts('new'), { confirm: async () => true, signal })).rejects.toMatchObject({
      code: 'EXHAUST.CANNOT_WRITE',
      message: expect.stringContaining(path) as unknown,
      context: { file: path },
    });
    expect(readdirSync(folder)).toEqual(['report.csv', 'taken']);
  });

  it('leaves nothing when it is interrupted, from that moment on', async () => {
    const interruption = new AbortController();
    async function* interrupted(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('new');
      expect(readdirSync(folder)).toHaveLength(2);
      interruption.abort(new Error('interrupted'));
      expect(readdirSync(folder)).toEqual(['report.csv']);
    }
    const options = { confirm: async () => true, signal: interruption.signal };
    await expect(sink.publish(file, interrupted(), options)).rejects.toThrow('interrupted');
    expect(readdirSync(folder)).toEqual(['report.csv']);
    await expect(sink.publish(file, texts('new'), options)).rejects.toThrow('interrupted');
    expect(readFileSync(file, 'utf8')).toBe('old');
  });
});
