import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError } from '@scorekeep/platform/util-errors';
import { writeWhole } from './machine/server-process';
import { type StackPorts } from './machine/stack-ports';

const STATE_FILE = 'stack.json';
const REPOSITORY_ROOT = resolve(__dirname, '../../..');

interface StackState {
  readonly ports: StackPorts;
}

/** Where one stack keeps everything: ports, pid files, rendered configuration, logs and data of its servers. */
export class StackFolder {
  constructor(readonly path: string) {}

  /** `data/stack` of this checkout, or what SCOREKEEP_STACK_DIR says. */
  static fromEnvironment(): StackFolder {
    return new StackFolder(resolve(process.env['SCOREKEEP_STACK_DIR'] || join(REPOSITORY_ROOT, 'data/stack')));
  }

  /** The same for every way to write the path, so that two commands on one folder exclude each other. */
  get lockName(): string {
    mkdirSync(this.path, { recursive: true });
    return `stack ${realpathSync(this.path)}`;
  }

  get configFolder(): string {
    return join(this.path, 'config');
  }

  pidFile(server: string): string {
    return join(this.path, 'run', `${server}.pid.json`);
  }

  logFile(server: string): string {
    return join(this.path, 'logs', `${server}.log`);
  }

  /** Undefined before the first start. */
  rememberedPorts(): StackPorts | undefined {
    if (!existsSync(this.stateFile)) return undefined;
    return (JSON.parse(readFileSync(this.stateFile, 'utf8')) as StackState).ports;
  }

  rememberPorts(ports: StackPorts): void {
    writeWhole(this.stateFile, JSON.stringify({ ports } satisfies StackState, null, 2));
  }

  /** @throws AppError STACK.FOLDER when the folder holds something that is not a stack: a wipe would delete it */
  assertOurs(): void {
    if (existsSync(this.stateFile) || !existsSync(this.path)) return;
    // a first start that was killed may have left the state file half written
    if (readdirSync(this.path).some((entry) => !entry.startsWith(STATE_FILE))) {
      throw new AppError(
        'STACK.FOLDER',
        `${this.path} is not empty and not the folder of a stack: set SCOREKEEP_STACK_DIR to another one.`,
      );
    }
  }

  /** Deletes everything of this stack. It first moves aside in one step: a wipe that is killed leaves no half stack. */
  delete(): void {
    this.assertOurs();
    const path = realpathSync(this.path);
    const parent = dirname(path);
    const aside = `${basename(path)}.deleted-`;
    renameSync(path, join(parent, `${aside}${process.pid}`));
    for (const entry of readdirSync(parent)) {
      if (entry.startsWith(aside)) rmSync(join(parent, entry), { recursive: true, force: true });
    }
  }

  private get stateFile(): string {
    return join(this.path, STATE_FILE);
  }
}
