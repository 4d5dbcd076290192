import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { type FileHandle, open, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ReportSink, type SinkOutcome } from '@scorekeep/core/domain-exhaust';
import { cannotWrite } from './command.errors';

type PublishOptions = Parameters<ReportSink['publish']>[2];

/** A report as a file: written beside its place, synced, and moved there in one step. */
export class FileReportSink extends ReportSink {
  override async publish(
    file: string,
    bytes: AsyncIterable<Uint8Array>,
    { confirm, signal }: PublishOptions,
  ): Promise<SinkOutcome> {
    const partial = `${file}.${randomUUID()}.partial`;
    const removePartial = (): void => rmSync(partial, { force: true });
    // At once, not where the stream ends: a second Ctrl-C ends the process before that.
    signal.addEventListener('abort', removePartial, { once: true });
    try {
      signal.throwIfAborted();
      const written = await writeSynced(file, partial, bytes);
      if (!(await confirm())) return { kind: 'called off' };
      signal.throwIfAborted();
      await onFile(file, () => moveIntoPlace(partial, file));
      return { kind: 'published', bytes: written };
    } finally {
      removePartial();
      signal.removeEventListener('abort', removePartial);
    }
  }
}

async function writeSynced(file: string, partial: string, bytes: AsyncIterable<Uint8Array>): Promise<number> {
  await onFile(file, () => refuseFolder(file));
  const handle = await onFile(file, () => open(partial, 'wx'));
  try {
    return await writeAll(file, handle, bytes);
  } finally {
    await handle.close();
  }
}

async function writeAll(file: string, handle: FileHandle, bytes: AsyncIterable<Uint8Array>): Promise<number> {
  let written = 0;
  for await (const chunk of bytes) {
    await onFile(file, () => handle.writeFile(chunk));
    written += chunk.length;
  }
  await onFile(file, () => handle.sync());
  return written;
}

/** The rename would say so too, but only when all the work is done. */
async function refuseFolder(file: string): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (found?.isDirectory()) throw new Error('it is a folder');
}

/** The folder is synced too, else a power cut may take the name back. */
async function moveIntoPlace(partial: string, file: string): Promise<void> {
  await rename(partial, file);
  const folder = await open(dirname(file), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Only the file's own failures are named so: those of the stream pass through unchanged. */
async function onFile<T>(file: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw cannotWrite(file, error);
  }
}
