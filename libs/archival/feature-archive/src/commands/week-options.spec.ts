import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '@scorekeep/platform/util-cli';
import { batchesOf, periodOf, recordedWeeksOf, requestText, requireFormat, requirePeriod } from './week-options';

const folder = mkdtempSync(join(tmpdir(), 'batches-'));
const clock = { nowMs: () => Date.UTC(2021, 10, 10, 12), graceMs: 0 };

afterAll(() => rmSync(folder, { recursive: true }));

function file(text: string): string {
  const path = join(folder, 'batches.txt');
  writeFileSync(path, text);
  return path;
}

describe('options that choose weeks and batches', () => {
  it('are all batches and weeks by default', async () => {
    expect(await batchesOf({})).toBeUndefined();
    expect(await recordedWeeksOf({}, clock)).toEqual({});
  });

  it('are a batch, a collection of it, or those of a file', async () => {
    expect(await batchesOf({ batch: 'b' })).toEqual([{ batchId: 'b' }]);
    expect(await batchesOf({ batch: 'b', collection: 'c' })).toEqual([{ batchId: 'b', collectionId: 'c' }]);
    expect(await batchesOf({ batchFile: file('x\ny,c\n') })).toEqual([
      { batchId: 'x' },
      { batchId: 'y', collectionId: 'c' },
    ]);
    expect(await recordedWeeksOf({ batch: 'b', date: '2021-11-01' }, clock)).toEqual({
      batches: [{ batchId: 'b' }],
      period: { fromMs: Date.UTC(2021, 10, 1), beforeMs: Date.UTC(2021, 10, 8) },
    });
  });

  it.each([
    [{ collection: 'c' }, '--collection needs --batch'],
    [{ batch: 'b', batchFile: 'f' }, '--batch and --batch-file cannot be combined'],
    [{ batchFile: join(folder, 'none') }, '--batch-file cannot be read'],
  ])('are refused when they make no sense: %j', async (options, words) => {
    await expect(batchesOf(options)).rejects.toThrow(UsageError);
    await expect(batchesOf(options)).rejects.toThrow(words);
  });

  it('are refused with every broken line of the file', async () => {
    const reading = batchesOf({ batchFile: file('ok\n,c\nd,e,f\n') });
    await expect(reading).rejects.toThrow(/--batch-file .* nothing was started:\n {2}line 2 .*\n {2}line 3 /);
  });

  it('are refused when the period is none, and the option is named', () => {
    expect(requirePeriod({ period: 'last-weeks=3' }, 'last-weeks=3')).toBe('last-weeks=3');
    expect(() => requirePeriod({ period: 'next-week' }, 'next-week')).toThrow(/--period must be/);
    expect(() => periodOf({}, clock.nowMs(), 0)).toThrow(UsageError);
    expect(() => periodOf({ date: '2021-11-01', before: '2021-11-01' }, clock.nowMs(), 0)).toThrow(
      '--date and --before cannot be combined',
    );
  });

  it('are refused when the format is none', () => {
    expect(requireFormat('parquet')).toBe('parquet');
    expect(() => requireFormat('orc')).toThrow('--format must be one of: csv, parquet');
    expect(() => requireFormat('orc')).toThrow(UsageError);
    expect(requestText('archive', { batch: 'b', format: 'parquet' })).toBe('archive --batch b --format parquet');
  });

  it('are recorded as they were asked', () => {
    expect(requestText('archive', { period: 'all', batch: 'b', collection: 'c', json: true })).toBe(
      'archive --period all --batch b --collection c',
    );
    expect(requestText('verify', {})).toBe('verify');
  });
});
