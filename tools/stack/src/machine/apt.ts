import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { AppError } from '@scorekeep/platform/util-errors';
import { withLock } from './named-lock';
import { findProgram } from './programs';

const SERVICE_POLICY = '/usr/sbin/policy-rc.d';
const POLICY_MARK = '# written by scorekeep tools/stack';

export interface PackageInstaller {
  /** Whether this process may install packages here. */
  isUsable(): boolean;
  install(packages: readonly string[], report: (line: string) => void): Promise<void>;
}

/** Debian's packages, for root. None of the services they bring is started. What apt says goes to stderr. */
export const apt: PackageInstaller = {
  isUsable: () => process.getuid?.() === 0 && findProgram('apt-get') !== undefined,
  install: installPackages,
};

async function installPackages(packages: readonly string[], report: (line: string) => void): Promise<void> {
  const onWait = (pid: string) => report(`Waiting for process ${pid}, which is installing packages…`);
  await withLock('apt', onWait, async () => {
    report(`Installing ${packages.join(', ')} with apt-get…`);
    const guarded = forbidServiceStarts();
    try {
      await aptGet(['update']);
      await aptGet(['install', '--yes', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', ...packages]);
    } finally {
      if (guarded) rmSync(SERVICE_POLICY, { force: true });
    }
  });
}

/**
 * Debian starts the service of a package it installs, unless this script says no. Ours says so only while this very
 * process lives, so that nothing is forbidden for good if it is killed. An administrator's own script is left alone.
 */
function forbidServiceStarts(): boolean {
  if (existsSync(SERVICE_POLICY) && !readFileSync(SERVICE_POLICY, 'utf8').includes(POLICY_MARK)) return false;
  const script = ['#!/bin/sh', POLICY_MARK, `[ -d /proc/${process.pid} ] && exit 101`, 'exit 0', ''].join('\n');
  writeFileSync(SERVICE_POLICY, script, { mode: 0o755 });
  return true;
}

function aptGet(parameters: string[]): Promise<void> {
  const child = spawn('apt-get', ['-q', ...parameters], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', process.stderr, process.stderr],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0
        ? resolve()
        : reject(
            new AppError('STACK.APT', `apt-get ${parameters.join(' ')} failed (exit ${code}): see its output above.`),
          ),
    );
  });
}
