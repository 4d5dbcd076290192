import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Makes the folder and those above it where they are missing, so that they outlive a power cut. */
export async function makeFolder(folder: string): Promise<void> {
  const topmostMade = await mkdir(folder, { recursive: true });
  if (topmostMade === undefined) return;
  for (let made = folder; made.length >= topmostMade.length; made = dirname(made)) await syncFolder(dirname(made));
}

/** Until a folder is synced, a file that was just made, renamed or removed in it may come back after a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
