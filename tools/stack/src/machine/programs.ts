import { spawnSync } from 'node:child_process';
import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const JVM_FOLDER = '/usr/lib/jvm';

/** The full path of a program on the PATH, as a shell would find it. */
export function findProgram(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** A `java` of this major version: JAVA_HOME's, the one on the PATH, or one that Debian keeps beside it. */
export function findJava(major: number): string | undefined {
  return javaCandidates().find((java) => isExecutable(java) && javaMajor(versionText(java)) === major);
}

/** 17 for `openjdk version "17.0.15" 2025-04-15`, 8 for `java version "1.8.0_402"`; undefined for anything else. */
export function javaMajor(text: string): number | undefined {
  const version = /version "(?:1\.)?(\d+)/.exec(text);
  return version ? Number(version[1]) : undefined;
}

function javaCandidates(): string[] {
  const home = process.env['JAVA_HOME'];
  const onPath = findProgram('java');
  return [...(home ? [join(home, 'bin/java')] : []), ...(onPath ? [onPath] : []), ...installedJvms()];
}

function installedJvms(): string[] {
  try {
    return readdirSync(JVM_FOLDER).map((name) => join(JVM_FOLDER, name, 'bin/java'));
  } catch {
    // no such folder: not a Debian machine, or no Java on it
    return [];
  }
}

function versionText(java: string): string {
  return spawnSync(java, ['-version'], { encoding: 'utf8' }).stderr ?? '';
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    // not there, or not for us
    return false;
  }
}
