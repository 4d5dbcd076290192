import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { downloadJars } from './maven';
import { withLock } from './named-lock';

const POM_FILE = join(__dirname, '../../config/pom.xml');

/** Where the jars of a server belong: a new pom is a new folder, so what lies there never has to be checked. */
export function jarFolder(profile: string): string {
  const hash = createHash('sha256').update(readFileSync(POM_FILE)).digest('hex').slice(0, 12);
  const caches = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return join(caches, 'scorekeep/jars', `${profile}-${hash}`);
}

/** Whether the jars need no download. A folder of this name is always complete. */
export function hasJars(profile: string): boolean {
  return existsSync(jarFolder(profile));
}

/** Downloads the jars of a server unless they are there. They come in beside their place and move into it when complete. */
export async function provideJars(profile: string, title: string, report: (line: string) => void): Promise<void> {
  const folder = jarFolder(profile);
  const onWait = (pid: string) => report(`Waiting for process ${pid}, which is downloading jars…`);
  // one download a machine at a time: Maven's own store does not like two
  await withLock(`jars ${dirname(folder)}`, onWait, async () => {
    if (existsSync(folder)) return;
    removeLeftovers(folder);
    const arriving = `${folder}.arriving-${process.pid}`;
    mkdirSync(arriving, { recursive: true });
    await downloadJars({ pomFile: POM_FILE, profile, title, folder: arriving }, report);
    renameSync(arriving, folder);
  });
}

/** Of downloads that were killed: nobody but the holder of the lock downloads. */
function removeLeftovers(folder: string): void {
  if (!existsSync(dirname(folder))) return;
  for (const entry of readdirSync(dirname(folder))) {
    if (entry.includes('.arriving-')) rmSync(join(dirname(folder), entry), { recursive: true, force: true });
  }
}
