import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { withLock } from './named-lock';

const silent = () => undefined;
let number = 0;
const newName = () => `named-lock.spec ${process.pid} ${number++}`;

describe('withLock', () => {
  it('lets one at a time work, and everybody in the end', async () => {
    const name = newName();
    let [inside, most] = [0, 0];
    const work = async () => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inside--;
      return 'done';
    };
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => withLock(name, silent, work)));
    expect(outcomes).toEqual(Array.from({ length: 10 }, () => 'done'));
    expect(most).toBe(1);
  });

  it('gives the lock back when the work fails', async () => {
    const name = newName();
    await expect(withLock(name, silent, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await withLock(name, silent, async () => 'free again')).toBe('free again');
  });

  it('does not mix up names', async () => {
    const inner = newName();
    expect(await withLock(newName(), silent, () => withLock(inner, silent, async () => 'both'))).toBe('both');
  });

  it('tells who has it, and takes it over when the holder is killed', async () => {
    const name = newName();
    const holding = `require(${JSON.stringify(join(__dirname, 'named-lock'))})
      .withLock(${JSON.stringify(name)}, () => {}, () => new Promise(() => setInterval(() => {}, 1000)
      && process.stdout.write('held')));`;
    const holder = spawn(process.execPath, ['-r', '@swc-node/register', '-e', holding], {
      env: { ...process.env, TS_NODE_PROJECT: join(__dirname, '../../../../tsconfig.base.json') },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    const waitedFor: string[] = [];
    const taken = withLock(
      name,
      (pid) => {
        waitedFor.push(pid);
        holder.kill('SIGKILL');
      },
      async () => 'taken over',
    );
    expect(await taken).toBe('taken over');
    expect(waitedFor).toEqual([String(holder.pid)]);
  });
});
