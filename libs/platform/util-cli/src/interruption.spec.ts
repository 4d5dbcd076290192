import { EventEmitter } from 'node:events';
import { interruptOnSignals, type SignalHost } from './interruption';

const createHost = () => Object.assign(new EventEmitter(), { exit: jest.fn() });

describe('interruptOnSignals', () => {
  it.each(['SIGINT', 'SIGTERM'])('aborts on %s, and ends the process on the second', (signal) => {
    const host = createHost();
    const said: string[] = [];
    const interruption = interruptOnSignals(host as unknown as SignalHost, (text) => said.push(text));
    expect(interruption.signal.aborted).toBe(false);

    host.emit(signal, signal);
    expect(interruption.signal.reason).toMatchObject({ code: 'CLI.INTERRUPTED', context: { signal } });
    expect(said).toEqual([`${signal}: stopping at the next safe point; again to stop at once\n`]);
    expect(host.exit).not.toHaveBeenCalled();

    host.emit(signal, signal);
    expect(host.exit).toHaveBeenCalledWith(130);
  });
});
