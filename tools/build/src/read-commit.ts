import { spawnSync } from 'node:child_process';

/**
 * The commit that is built, with `-dirty` when there is more than that; from SCOREKEEP_COMMIT where there is no
 * repository, as in an image's build. `unknown` without either.
 */
export function readCommit(root: string, environment: NodeJS.ProcessEnv = process.env): string {
  const stated = environment['SCOREKEEP_COMMIT'];
  if (stated !== undefined && stated !== '') return stated;
  const { status, stdout } = spawnSync('git', ['describe', '--always', '--dirty', '--abbrev=12', '--exclude=*'], {
    cwd: root,
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : 'unknown';
}
