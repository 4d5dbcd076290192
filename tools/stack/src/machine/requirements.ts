import { AppError } from '@scorekeep/platform/util-errors';
import { apt, type PackageInstaller } from './apt';
import { findJava, findProgram } from './programs';

/** Cassandra 5.0 runs on no newer one. */
const JAVA_MAJOR = 17;

/** A program the stack cannot do without. */
export interface Requirement {
  readonly words: string;
  readonly debianPackage: string;
  find(): string | undefined;
}

export const JAVA: Requirement = {
  words: `a JDK of version ${JAVA_MAJOR} (runs Cassandra, Kafka and S3Proxy)`,
  debianPackage: `openjdk-${JAVA_MAJOR}-jdk-headless`,
  find: () => findJava(JAVA_MAJOR),
};
export const MAVEN: Requirement = {
  words: 'Maven (downloads their jars)',
  debianPackage: 'maven',
  find: () => findProgram('mvn'),
};
export const REDIS: Requirement = {
  words: 'redis-server',
  debianPackage: 'redis-server',
  find: () => findProgram('redis-server'),
};

/**
 * Sees to it that every program is there; installs what is missing when this process may.
 *
 * @throws AppError STACK.MISSING_PROGRAMS that says what is missing and how to get it
 */
export async function provide(
  requirements: readonly Requirement[],
  report: (line: string) => void,
  installer: PackageInstaller = apt,
): Promise<void> {
  const missing = requirements.filter((each) => each.find() === undefined);
  if (missing.length > 0 && installer.isUsable()) {
    report(`This machine has no ${missing.map((each) => each.words).join(', no ')}.`);
    await installer.install(
      missing.map((each) => each.debianPackage),
      report,
    );
  }
  const stillMissing = missing.filter((each) => each.find() === undefined);
  if (stillMissing.length > 0) throw new AppError('STACK.MISSING_PROGRAMS', missingInWords(stillMissing));
}

/** The path of a program that `provide` has seen to. */
export function pathOf(requirement: Requirement): string {
  const path = requirement.find();
  if (path === undefined) throw new AppError('STACK.MISSING_PROGRAMS', missingInWords([requirement]));
  return path;
}

/** What is missing, and the command that brings it. */
function missingInWords(missing: readonly Requirement[]): string {
  const packages = missing.map((each) => each.debianPackage).join(' ');
  return [
    'The local stack needs programs that this machine does not have:',
    ...missing.map((each) => `  - ${each.words}`),
    'On Debian or Ubuntu this installs them:',
    `  sudo apt-get update && sudo apt-get install --no-install-recommends ${packages}`,
    'Elsewhere install them with the package manager of the system, so that they are on the PATH, and start again.',
  ].join('\n');
}
