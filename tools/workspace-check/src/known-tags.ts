import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The tags that the module boundaries of the lint are about. Read by a child, since they are an ES module. */
export function readKnownTags(root: string): ReadonlySet<string> {
  const url = pathToFileURL(join(root, 'tools/lint/boundaries.mjs')).href;
  const script = `import(${JSON.stringify(url)}).then(({ boundaries }) =>
    console.log(JSON.stringify(boundaries.depConstraints.map(({ sourceTag }) => sourceTag))))`;
  return new Set(JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })) as string[]);
}
