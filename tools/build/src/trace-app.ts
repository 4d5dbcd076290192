import { transpile, type TranspiledFile } from './transpile';
import { entryOf, type Workspace } from './workspace';

/** Transpiles each file once, however many apps use it. */
export class Transpiler {
  private readonly files = new Map<string, Promise<TranspiledFile>>();

  constructor(readonly workspace: Workspace) {}

  transpile(source: string): Promise<TranspiledFile> {
    const known = this.files.get(source);
    if (known !== undefined) return known;
    const file = transpile(this.workspace, source);
    this.files.set(source, file);
    return file;
  }
}

export interface AppFiles {
  readonly transpiled: readonly TranspiledFile[];
  /** JSON files, copied as they are. */
  readonly copied: readonly string[];
}

/** The files an app really needs: what its main.ts imports, and what that imports, and so on. */
export async function traceApp(transpiler: Transpiler, app: string): Promise<AppFiles> {
  const transpiled: TranspiledFile[] = [];
  const seen = new Set<string>();
  const visit = async (source: string): Promise<void> => {
    if (seen.has(source)) return;
    seen.add(source);
    if (!source.endsWith('.ts')) return;
    const file = await transpiler.transpile(source);
    transpiled.push(file);
    await Promise.all(file.imports.map(visit));
  };
  await visit(entryOf(app));
  return { transpiled, copied: [...seen].filter((source) => !source.endsWith('.ts')) };
}
