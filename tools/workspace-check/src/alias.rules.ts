import { projectsOf } from './projects';
import { readJson, type Rule } from './workspace-files';

interface TypeScriptConfiguration {
  readonly compilerOptions?: { readonly paths?: Readonly<Record<string, readonly string[]>> };
}

/** tsconfig.base.json has one alias per lib, to its index.ts, and no other. */
export const aliasRule: Rule = (files) => {
  const configuration = readJson<TypeScriptConfiguration>(files, 'tsconfig.base.json');
  const paths = configuration?.compilerOptions?.paths ?? {};
  const wanted = new Map(
    projectsOf(files).flatMap(({ alias, folder }) =>
      alias === undefined ? [] : [[alias, `./${folder}/src/index.ts`] as const],
    ),
  );
  return [
    ...[...wanted]
      .filter(([alias, file]) => paths[alias]?.length !== 1 || paths[alias][0] !== file)
      .map(([alias, file]) => `tsconfig.base.json: paths must have "${alias}": ["${file}"]`),
    ...Object.keys(paths)
      .filter((alias) => !wanted.has(alias))
      .map((alias) => `tsconfig.base.json: paths has ${alias}, but there is no such lib`),
  ];
};
