import { type PackageInstaller } from './apt';
import { javaMajor } from './programs';
import { provide, type Requirement } from './requirements';

/** A machine without the program, and an installer that may or may not bring it. */
function machine(brings: boolean, isUsable: boolean) {
  const installed: string[] = [];
  const requirement: Requirement = {
    words: 'the abacus',
    debianPackage: 'abacus',
    find: () => (brings && installed.includes('abacus') ? '/usr/bin/abacus' : undefined),
  };
  const installer: PackageInstaller = {
    isUsable: () => isUsable,
    install: async (packages) => void installed.push(...packages),
  };
  return { requirement, installer, installed };
}

const present: Requirement = { words: 'a shell', debianPackage: 'dash', find: () => '/bin/sh' };

describe('provide', () => {
  it('installs what is missing, and nothing else', async () => {
    const { requirement, installer, installed } = machine(true, true);
    await provide([requirement, present], () => undefined, installer);
    expect(installed).toEqual(['abacus']);
  });

  it('asks nobody when nothing is missing', async () => {
    const { installer, installed } = machine(true, true);
    await provide([present], () => undefined, installer);
    expect(installed).toEqual([]);
  });

  it.each([
    { why: 'it may not install', brings: true, isUsable: false },
    { why: 'what it installed is not what was asked for', brings: false, isUsable: true },
  ])('says what is missing and which command brings it when $why', async ({ brings, isUsable }) => {
    const { requirement, installer } = machine(brings, isUsable);
    const failing = provide([requirement, present], () => undefined, installer);
    await expect(failing).rejects.toMatchObject({
      code: 'STACK.MISSING_PROGRAMS',
      message: expect.stringMatching(/- the abacus\n[^]*apt-get install --no-install-recommends abacus\n/) as string,
    });
  });
});

describe('javaMajor', () => {
  it.each([
    { text: 'openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime Environment', major: 17 },
    { text: 'Picked up JAVA_TOOL_OPTIONS: -Xmx1g\nopenjdk version "21" 2023-09-19', major: 21 },
    { text: 'java version "1.8.0_402"', major: 8 },
    { text: 'The operation couldn’t be completed. Unable to locate a Java Runtime.', major: undefined },
  ])('$major', ({ text, major }) => {
    expect(javaMajor(text)).toBe(major);
  });
});
