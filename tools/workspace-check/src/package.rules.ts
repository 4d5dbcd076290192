import { readJson, type Rule } from './workspace-files';

interface PackageFile {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly overrides?: Readonly<Record<string, unknown>>;
}

/** Packages at exact versions, all of Nx at one, and no word of where they are downloaded from. */
export const packageRule: Rule = (files) => {
  const { dependencies, devDependencies, overrides } = readJson<PackageFile>(files, 'package.json') ?? {};
  const packages = Object.entries({ ...dependencies, ...devDependencies });
  const nxVersions = new Set(packages.filter(([name]) => /^(nx$|@nx\/)/.test(name)).map(([, version]) => version));
  return [
    ...[...packages, ...Object.entries(overrides ?? {})]
      .filter(([, version]) => typeof version === 'string' && !/^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(version))
      .map(([name, version]) => `package.json: ${name} must have an exact version, not ${String(version)}`),
    ...(nxVersions.size > 1
      ? [`package.json: nx and @nx/* must have one version, not ${[...nxVersions].join(', ')}`]
      : []),
    ...linesMatching(/"resolved":\s*"https?:/, 'package-lock.json')(files),
    ...linesMatching(/https?:|registry\s*=|^\/\//, '.npmrc')(files),
  ];
};

/** Only the number of the first line, since a lockfile has thousands. */
function linesMatching(pattern: RegExp, path: string): Rule {
  return (files) => {
    if (!files.paths.includes(path)) return [];
    const first = files
      .read(path)
      .split('\n')
      .findIndex((line) => pattern.test(line));
    return first === -1 ? [] : [`${path}:${first + 1}: names a registry; it must install from whatever is configured`];
  };
}
