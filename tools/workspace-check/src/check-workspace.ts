import { aliasRule } from './alias.rules';
import { fileNameRule } from './file-name.rules';
import { indexRule } from './index.rules';
import { packageRule } from './package.rules';
import { projectRule } from './project.rules';
import { readmeRule } from './readme.rules';
import { suppressionRule } from './suppression.rules';
import { type Problem, type WorkspaceFiles } from './workspace-files';

/** All problems by all rules, each once, in order of their paths. */
export function checkWorkspace(files: WorkspaceFiles, knownTags: ReadonlySet<string>): Problem[] {
  const rules = [projectRule(knownTags), aliasRule, readmeRule, indexRule, fileNameRule, suppressionRule, packageRule];
  return [...new Set(rules.flatMap((rule) => rule(files)))].sort();
}
