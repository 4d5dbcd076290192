import { readFileSync } from 'node:fs';
import { UsageError } from '@scorekeep/platform/util-cli';
import { messageOf } from '@scorekeep/platform/util-errors';

/**
 * The batches that were asked for; undefined: all.
 *
 * @throws UsageError for both options at once, and for a file that cannot be read or names none
 */
export function batchesOf(asked: { readonly batch?: string; readonly batchFile?: string }): Set<string> | undefined {
  const { batch, batchFile } = asked;
  if (batch !== undefined && batchFile !== undefined) throw new UsageError('Say --batch or --batch-file, not both.');
  if (batch !== undefined) return new Set([batch]);
  if (batchFile === undefined) return undefined;
  const batches = new Set(linesOf(batchFile));
  if (batches.size === 0) throw new UsageError(`${batchFile} names no batch.`);
  return batches;
}

/** What follows a comma is a collection, by which learners are not chosen here. */
function linesOf(file: string): string[] {
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines.map((line) => line.replace(/#.*/, '').replace(/,.*/, '').trim()).filter((id) => id !== '');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${messageOf(error)}`);
  }
}
