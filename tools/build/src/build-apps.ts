import { traceApp, Transpiler } from './trace-app';
import { readWorkspace } from './workspace';
import { writeApp } from './write-app';

export interface BuiltApp {
  readonly app: string;
  /** How many files of the repository went into it. */
  readonly files: number;
}

/** Builds apps of the repository at `root`. @throws BuildError; an app whose build failed keeps its old output. */
export async function buildApps(root: string, apps: readonly string[]): Promise<BuiltApp[]> {
  const transpiler = new Transpiler(readWorkspace(root));
  return Promise.all(
    apps.map(async (app) => {
      const files = await traceApp(transpiler, app);
      await writeApp(transpiler.workspace, app, files);
      return { app, files: files.transpiled.length + files.copied.length };
    }),
  );
}
