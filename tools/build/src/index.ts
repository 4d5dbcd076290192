export { buildApps, type BuiltApp } from './build-apps';
export { allowedPackages, installedPackages } from './package-list';
export { readCommit } from './read-commit';
export { Transpiler } from './trace-app';
export { buildableApps, readWorkspace, versionOf } from './workspace';
