import { createHash } from 'node:crypto';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { AppError } from '@scorekeep/platform/util-errors';

/**
 * Runs `work` while no other process of this machine runs work under the same name; waits for its turn.
 *
 * The lock is a listening socket in Linux' abstract namespace: the kernel lets one process have the name and takes it
 * back the moment that process ends, however it ends. There is no file that could be left behind.
 *
 * @param onWait told once, with the process id of the holder, when somebody else has the lock
 */
export async function withLock<T>(
  name: string,
  onWait: (holderPid: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  if (process.platform !== 'linux') {
    throw new AppError(
      'STACK.NOT_LINUX',
      'The local stack runs on Linux only. Point the apps at other servers instead.',
    );
  }
  const lock = await acquire(socketName(name), onWait);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

interface HeldLock {
  release(): void;
}

function socketName(name: string): string {
  return `\0scorekeep-${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
}

async function acquire(path: string, onWait: (holderPid: string) => void): Promise<HeldLock> {
  let report = onWait;
  for (;;) {
    const lock = await tryListen(path);
    if (lock) return lock;
    await holderGone(path, report);
    report = () => undefined;
  }
}

/** A waiting process stays connected, so that it notices the end of the holder without asking again and again. */
function tryListen(path: string): Promise<HeldLock | undefined> {
  const waiting = new Set<Socket>();
  const server: Server = createServer((socket) => {
    waiting.add(socket);
    socket.on('error', () => waiting.delete(socket));
    socket.on('close', () => waiting.delete(socket));
    socket.unref();
    socket.write(String(process.pid));
  });
  const release = () => {
    server.close();
    for (const socket of waiting) socket.destroy();
  };
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(path, () => {
      server.unref();
      resolve({ release });
    });
  });
}

function holderGone(path: string, onWait: (holderPid: string) => void): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('data', (holderPid) => onWait(holderPid.toString()));
    // an error is always followed by `close`: the holder ended between our two calls
    socket.on('error', () => undefined);
    socket.once('close', () => resolve());
  });
}
