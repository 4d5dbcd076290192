import { resolve } from 'node:path';
import { checkWorkspace } from './check-workspace';
import { readKnownTags } from './known-tags';
import { readWorkspaceFiles } from './workspace-files';

const root = resolve(__dirname, '../../..');
const problems = checkWorkspace(readWorkspaceFiles(root), readKnownTags(root));
problems.forEach((problem) => process.stdout.write(`${problem}\n`));
process.stdout.write(`workspace-check: ${problems.length === 0 ? 'no problem' : `${problems.length} problem(s)`}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
