import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { packageFiles } from './package-files';
import { type AppFiles } from './trace-app';
import { outputOf } from './transpile';
import { entryOf, type Workspace } from './workspace';

/**
 * Writes `dist/apps/<app>`: main.js, what `npm ci` needs, and the files in the repository's own layout. Written beside
 * and then moved into place, so whoever starts the app meets the old build or the new one, and builds at the same time do
 * no harm to each other.
 */
export async function writeApp(workspace: Workspace, app: string, files: AppFiles): Promise<void> {
  const { root } = workspace;
  const packages = new Set(files.transpiled.flatMap((file) => file.packages));
  const { packageJson, packageLock } = packageFiles(workspace, app, packages);
  const target = join(root, 'dist/apps', app);
  const fresh = join(root, 'dist', `.${app}-${randomUUID()}`);
  try {
    await writeFiles(root, fresh, files);
    await writeFile(join(fresh, 'main.js'), `require('./${outputOf(entryOf(app))}');\n`);
    await writeJson(join(fresh, 'package.json'), packageJson);
    await writeJson(join(fresh, 'package-lock.json'), packageLock);
    await mkdir(dirname(target), { recursive: true });
    await moveIntoPlace(fresh, target);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function writeJson(file: string, value: object): Promise<void> {
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
}

async function writeFiles(root: string, folder: string, { transpiled, copied }: AppFiles): Promise<void> {
  const sources = [...transpiled.map(({ source }) => source), ...copied];
  const folders = new Set(sources.map((source) => dirname(join(folder, source))));
  await Promise.all([...folders].map((each) => mkdir(each, { recursive: true })));
  await Promise.all([
    ...transpiled.map(({ source, code }) => writeFile(join(folder, outputOf(source)), code)),
    ...transpiled.map(({ source, map }) => writeFile(join(folder, `${outputOf(source)}.map`), map)),
    ...copied.map((source) => copyFile(join(root, source), join(folder, source))),
  ]);
}

/** A folder cannot be replaced in one step: the old one moves away first, and another build may be quicker in between. */
async function moveIntoPlace(fresh: string, target: string): Promise<void> {
  const old = `${fresh}-old`;
  for (;;) {
    await rename(target, old).catch(ignore('ENOENT'));
    await rm(old, { recursive: true, force: true });
    const moved = await rename(fresh, target).then(() => true, ignore('ENOTEMPTY', 'EEXIST'));
    if (moved) return;
  }
}

function ignore(...codes: string[]): (error: NodeJS.ErrnoException) => undefined {
  return (error) => {
    if (!codes.includes(error.code ?? '')) throw error;
    return undefined;
  };
}
