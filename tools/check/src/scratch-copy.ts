import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** For specs that change the whole repository: a copy of what is there now, with a history of one commit. */
export class ScratchCopy {
  readonly folder = mkdtempSync(join(tmpdir(), 'scratch-'));

  constructor(root: string) {
    const { stdout } = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    const files = stdout.split('\0').filter((path) => path !== '' && existsSync(join(root, path)));
    files.forEach((path) => cpSync(join(root, path), join(this.folder, path)));
    symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'));
    this.git('init', '-q', '-b', 'main');
    this.git('add', '.');
    this.git('commit', '-qnm', 'start');
    this.git('tag', 'start');
  }

  /** A hook of git, in which this may run, names the repository that it is about: it must not be this one's. */
  run(command: string, ...args: string[]): SpawnSyncReturns<string> {
    const environment = Object.entries(process.env).filter(([name]) => !/^(GIT|NX)_/.test(name));
    return spawnSync(command, args, {
      cwd: this.folder,
      env: { ...Object.fromEntries(environment), NX_DAEMON: 'false', NX_TUI: 'false', NX_NO_CLOUD: 'true' },
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
  }

  /** @throws Error with what git said */
  git(...args: string[]): void {
    const { status, stderr } = this.run('git', '-c', 'user.name=test', '-c', 'user.email=test@localhost', ...args);
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  }

  /** Back to the start. */
  reset(): void {
    this.git('reset', '-q', '--hard', 'start');
    this.git('clean', '-qfd');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
