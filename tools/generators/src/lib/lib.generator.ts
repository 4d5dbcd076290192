import { formatFiles, type Tree, updateJson } from '@nx/devkit';

export interface LibOptions {
  readonly scope: string;
  readonly type: string;
  /** Without its type: `archive`, not `domain-archive`. */
  readonly name: string;
  readonly description: string;
  /** Of an adapter. */
  readonly tech?: string;
}

interface TypeScriptConfiguration {
  readonly compilerOptions: { readonly paths: Record<string, readonly string[]> };
}

/** `nx g ./tools/generators.json:lib`: makes a lib with its alias, and something in it to be replaced. @throws Error when it is there */
export async function libGenerator(tree: Tree, options: LibOptions): Promise<void> {
  const { scope, type, name, description } = options;
  const folder = `libs/${scope}/${type}-${name}`;
  if (tree.exists(folder)) throw new Error(`${folder} is there already`);
  if ((type === 'adapter') !== (options.tech !== undefined)) {
    throw new Error('an adapter, and nothing else, needs --tech: a tag of tools/lint/boundaries.mjs');
  }
  tree.write(`${folder}/project.json`, JSON.stringify(projectOf(folder, options)));
  tree.write(`${folder}/README.md`, readmeOf(options));
  tree.write(`${folder}/src/index.ts`, `export { ${camel(name)} } from './${name}';\n`);
  tree.write(`${folder}/src/${name}.ts`, sourceOf(name, description));
  tree.write(`${folder}/src/${name}.spec.ts`, specOf(name));
  updateJson<TypeScriptConfiguration>(tree, 'tsconfig.base.json', (configuration) => ({
    ...configuration,
    compilerOptions: {
      ...configuration.compilerOptions,
      paths: {
        ...configuration.compilerOptions.paths,
        [`@scorekeep/${scope}/${type}-${name}`]: [`./${folder}/src/index.ts`],
      },
    },
  }));
  await formatFiles(tree);
}

function projectOf(folder: string, { scope, type, name, tech }: LibOptions): object {
  return {
    name: `${scope}-${type}-${name}`,
    $schema: '../../../node_modules/nx/schemas/project-schema.json',
    sourceRoot: `${folder}/src`,
    projectType: 'library',
    tags: [`scope:${scope}`, `type:${type}`, ...(tech === undefined ? [] : [`tech:${tech}`])],
    targets: { lint: {}, test: {} },
  };
}

function readmeOf({ scope, type, name, description }: LibOptions): string {
  return [
    `# ${scope}-${type}-${name}`,
    description,
    `Imported as \`@scorekeep/${scope}/${type}-${name}\`. What it may import: docs/architecture.md, "Who may import whom".`,
    'It must not know of anything that its users alone decide.',
    '',
  ].join('\n\n');
}

/** A function that a reader replaces by the first thing that the lib does. */
function sourceOf(name: string, description: string): string {
  return `/** ${description} */
export function ${camel(name)}(words: readonly string[]): string {
  return words.join(' ');
}
`;
}

function specOf(name: string): string {
  return `import { ${camel(name)} } from './${name}';

describe('${camel(name)}', () => {
  it.each([
    { words: [], text: '' },
    { words: ['a', 'b'], text: 'a b' },
  ])('of $words is "$text"', ({ words, text }) => {
    expect(${camel(name)}(words)).toBe(text);
  });
});
`;
}

function camel(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

export default libGenerator;
