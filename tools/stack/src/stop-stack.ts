import { withLock } from './machine/named-lock';
import { stopProcess } from './machine/server-process';
import { ALL_SERVERS, serversFromEnvironment } from './servers/all-servers';
import { type StackServer } from './servers/stack-server';
import { StackFolder } from './stack-folder';

export interface StopOptions {
  /** Also delete all data, logs and remembered ports. */
  readonly wipe: boolean;
  readonly report: (line: string) => void;
}

/** Stops the servers that were started from this folder, and nothing else. */
export async function stopStack({ wipe, report }: StopOptions): Promise<void> {
  const folder = StackFolder.fromEnvironment();
  const onWait = (pid: string) => report(`Waiting for process ${pid}, which is at work on this stack…`);
  await withLock(folder.lockName, onWait, async () => {
    const stop = async ({ name, title }: StackServer) => report(`${title}: ${await stopProcess(folder.pidFile(name))}`);
    // no server may run on data that is being deleted
    await Promise.all((wipe ? ALL_SERVERS : serversFromEnvironment()).map(stop));
    if (!wipe) return;
    folder.delete();
    report(`Deleted ${folder.path}. The downloaded jars are kept.`);
  });
}
