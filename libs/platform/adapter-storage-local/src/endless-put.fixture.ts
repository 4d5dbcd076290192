import { LocalArchiveStorage } from './local-archive-storage.adapter';
import { LocalStorageSettings } from './local-storage.settings';

/** A process that begins an object and never ends it; the argument is the store's root. It says when bytes are written. */
async function* endless(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(100_000);
  process.stdout.write('written\n');
  await new Promise((resolve) => setTimeout(resolve, 600_000));
}

const settings = Object.assign(new LocalStorageSettings(), { STORAGE_LOCAL_ROOT: process.argv[2] });
void new LocalArchiveStorage(settings).put('week/object', endless());
