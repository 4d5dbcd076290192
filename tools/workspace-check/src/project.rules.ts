import { type Project, projectsOf } from './projects';
import { type Problem, readJson, type Rule, type WorkspaceFiles } from './workspace-files';

interface ProjectFile {
  readonly name?: string;
  readonly sourceRoot?: string;
  readonly tags?: readonly string[];
  readonly targets?: Readonly<Record<string, unknown>>;
}

/**
 * project.json must say what the folder says. A mistyped tag passes lint silently: no constraint is about it, so every
 * import is allowed.
 * @param knownTags tags that the lint's constraints are about
 */
export function projectRule(knownTags: ReadonlySet<string>): Rule {
  return (files) => projectsOf(files).flatMap((project) => checkProject(files, project, knownTags));
}

function checkProject(files: WorkspaceFiles, project: Project, knownTags: ReadonlySet<string>): Problem[] {
  const { folder, type, name } = project;
  if (type === 'unknown') {
    return [`${folder}: the folder's name must begin with adapter-, contract-, domain-, feature-, testing- or util-`];
  }
  const path = `${folder}/project.json`;
  const file = readJson<ProjectFile>(files, path);
  if (file === undefined) return [`${path}: is missing`];
  return [
    ...(file.name === name ? [] : [`${path}: name must be ${name}`]),
    ...(file.sourceRoot === `${folder}/src` ? [] : [`${path}: sourceRoot must be ${folder}/src`]),
    ...['lint', 'test'].filter((each) => !file.targets?.[each]).map((each) => `${path}: target ${each} is missing`),
    ...checkTags(project, file.tags ?? [], knownTags).map((problem) => `${path}: ${problem}`),
  ];
}

function checkTags(project: Project, tags: readonly string[], knownTags: ReadonlySet<string>): string[] {
  const unknown = project.kind === 'tool' ? [] : tags.filter((tag) => !knownTags.has(tag));
  return [
    ...checkScope(project, tags),
    ...checkType(project, tags),
    ...checkTechnology(project, tags),
    ...unknown.map((tag) => `tag ${tag} is unknown to tools/lint/boundaries.mjs`),
  ];
}

function checkScope({ scope }: Project, tags: readonly string[]): string[] {
  const [first, ...more] = tags.filter((tag) => tag.startsWith('scope:'));
  const isRight = scope === undefined ? first !== undefined : first === `scope:${scope}`;
  if (isRight && more.length === 0) return [];
  return [`tags must hold one scope, ${scope === undefined ? "the app's" : `scope:${scope}`}`];
}

function checkType({ type }: Project, tags: readonly string[]): string[] {
  const types = tags.filter((tag) => !/^(scope|tech):/.test(tag));
  return types.length === 1 && types[0] === `type:${type}` ? [] : [`tags must hold type:${type} and no other type`];
}

function checkTechnology({ type }: Project, tags: readonly string[]): string[] {
  const count = tags.filter((tag) => tag.startsWith('tech:')).length;
  if (type !== 'adapter') return count === 0 ? [] : ['only adapters have a tech: tag'];
  return count === 1 ? [] : ['tags must hold exactly one tech:'];
}
