import { readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { type Options, transformFile } from '@swc/core';
import { preProcessFile } from 'typescript';
import { resolveImport } from './module-resolution';
import { type Workspace } from './workspace';

/** A file as it goes into the output: the same for every app. */
export interface TranspiledFile {
  /** Its path in the repository. */
  readonly source: string;
  /** JavaScript whose imports of the repository's files are relative. */
  readonly code: string;
  readonly map: string;
  /** Files of the repository that it needs. */
  readonly imports: readonly string[];
  /** Packages that it needs. */
  readonly packages: readonly string[];
}

/** As in the tests: decorators and their metadata are what dependency injection and validation read. */
const options: Options = {
  swcrc: false,
  configFile: false,
  sourceMaps: true,
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true, dynamicImport: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    keepClassNames: true,
  },
};

/** A file that is needed and not imported: of a package, or the repository's own that a thread runs. */
const RESOLVED_FILE = /\brequire\.resolve\(['"]([^'"]+)['"]\)/g;

/** @throws BuildError, or swc's own error with the place of a syntax error. */
export async function transpile(workspace: Workspace, source: string): Promise<TranspiledFile> {
  const file = posix.join(workspace.root, source);
  // Whatever is imported is loaded where it is first used: half of what an app knows is of no use to one of its commands.
  const lazy = preProcessFile(await readFile(file, 'utf8'), true, true).importedFiles.map(({ fileName }) => fileName);
  const { code, map = '' } = await transformFile(file, {
    ...options,
    module: { type: 'commonjs', lazy },
    sourceFileName: fromOutput(source),
  });
  const imports = new Set<string>();
  const packages = new Set<string>();
  const rewritten = rewriteImports(code, (specifier) => {
    const resolution = resolveImport(workspace, source, specifier);
    if (resolution.kind === 'package') packages.add(resolution.name);
    if (resolution.kind !== 'file') return specifier;
    imports.add(resolution.file);
    return relativeRequire(source, resolution.file);
  });
  for (const [, specifier = ''] of code.matchAll(RESOLVED_FILE)) {
    const resolution = resolveImport(workspace, source, specifier);
    if (resolution.kind === 'package') packages.add(resolution.name);
    if (resolution.kind === 'file') imports.add(resolution.file);
  }
  return {
    source,
    code: `${rewritten}\n//# sourceMappingURL=${posix.basename(outputOf(source))}.map\n`,
    map,
    imports: [...imports],
    packages: [...packages],
  };
}

/** TypeScript's scanner finds what is really a `require`, and not text or comment that looks like one. */
function rewriteImports(code: string, rewrite: (specifier: string) => string): string {
  let rewritten = '';
  let end = 0;
  for (const { fileName, pos } of preProcessFile(code, true, true).importedFiles) {
    const start = code.indexOf(fileName, pos);
    rewritten += code.slice(end, start) + rewrite(fileName);
    end = start + fileName.length;
  }
  return rewritten + code.slice(end);
}

/** `libs/a/src/x.ts` → `libs/a/src/x.js`; other files keep their name. */
export function outputOf(source: string): string {
  return source.replace(/\.ts$/, '.js');
}

function relativeRequire(importer: string, file: string): string {
  const path = posix.relative(posix.dirname(importer), outputOf(file));
  return path.startsWith('.') ? path : `./${path}`;
}

/** Where the source lies, seen from its place in `dist/apps/<app>/`. */
function fromOutput(source: string): string {
  return posix.relative(posix.join('dist/apps/app', posix.dirname(source)), source);
}
