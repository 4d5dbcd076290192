import { type Project, projectsOf } from './projects';
import { type Problem, type Rule, type WorkspaceFiles } from './workspace-files';

const leastCharacters = 150;
const leastRunbookCharacters = 500;

/** Every project says in a README what it is for; that of an app is a runbook. */
export const readmeRule: Rule = (files) => projectsOf(files).flatMap((project) => checkReadme(files, project));

function checkReadme(files: WorkspaceFiles, { folder, kind, name }: Project): Problem[] {
  const path = `${folder}/README.md`;
  if (!files.paths.includes(path)) return [`${path}: is missing`];
  const text = files.read(path);
  const isRunbook = kind === 'app' && name !== 'e2e';
  const least = isRunbook ? leastRunbookCharacters : leastCharacters;
  return [
    ...(text.startsWith('# ') ? [] : [`${path}: must begin with a title`]),
    ...(text.length >= least ? [] : [`${path}: says too little (${text.length} characters, at least ${least})`]),
    ...(!isRunbook || text.includes('\n## ') ? [] : [`${path}: a runbook has sections`]),
  ];
}
