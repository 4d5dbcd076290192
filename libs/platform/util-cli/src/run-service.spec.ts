import { EventEmitter } from 'node:events';
import { SettingsError } from '@scorekeep/platform/util-config';
import { createLogger } from '@scorekeep/platform/util-logging';
import { runService, type ServiceStart } from './run-service';

/** The process, as far as a service sees it. */
class FakeProcess extends EventEmitter {
  readonly exits: number[] = [];
  readonly stderr = { text: '', write: (text: string) => (this.stderr.text += text) };

  exit(code: number): void {
    this.exits.push(code);
  }
}

const settle = () => jest.advanceTimersByTimeAsync(1);

describe('runService', () => {
  const lines: string[] = [];
  let host: FakeProcess;
  const run = (start: ServiceStart) =>
    runService(
      'tested',
      start,
      host,
      createLogger({ name: 'tested', destination: { write: (line) => lines.push(line) } }),
    );

  beforeEach(() => {
    jest.useFakeTimers();
    lines.length = 0;
    host = new FakeProcess();
  });
  afterEach(() => jest.useRealTimers());

  it.each(['SIGTERM', 'SIGINT'])('on %s closes the service, then exits 0', async (signal) => {
    let closed = false;
    const running = run(async () => ({
      close: async () => {
        closed = true;
      },
    }));
    await settle();
    expect(host.exits).toEqual([]);
    host.emit(signal);
    await running;
    expect({ closed, exits: host.exits }).toEqual({ closed: true, exits: [0] });
  });

  it('ends at once on a second signal', async () => {
    void run(async () => ({ close: () => new Promise(() => undefined) }));
    await settle();
    host.emit('SIGTERM');
    await settle();
    expect(host.exits).toEqual([]);
    host.emit('SIGTERM');
    expect(host.exits).toEqual([1]);
  });

  it('ends after 25 s when closing takes longer', async () => {
    void run(async () => ({ close: () => new Promise(() => undefined) }));
    await settle();
    host.emit('SIGTERM');
    await jest.advanceTimersByTimeAsync(24_000);
    expect(host.exits).toEqual([]);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(host.exits).toEqual([1]);
  });

  it('exits 0 when stopped while it waits for a server', async () => {
    const running = run(
      (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
    );
    host.emit('SIGTERM');
    await running;
    expect(host.exits).toEqual([0]);
    expect(lines.at(-1)).toContain('stopped before it was up');
  });

  it('exits 78 and says why on bad settings', async () => {
    await run(() => Promise.reject(new SettingsError([{ name: 'A', text: 'A must be 1' }])));
    expect({ exits: host.exits, said: host.stderr.text }).toEqual({
      exits: [78],
      said: 'error: bad settings:\n  A must be 1\n',
    });
  });

  it('logs a failed start and exits 1', async () => {
    await run(() => Promise.reject(new Error('no server')));
    expect(host.exits).toEqual([1]);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'fatal', name: 'tested', message: 'no server' });
  });

  it('exits 1 when closing fails', async () => {
    const running = run(async () => ({ close: () => Promise.reject(new Error('stuck')) }));
    host.emit('SIGTERM');
    await running;
    expect(host.exits).toEqual([1]);
  });

  it.each(['unhandledRejection', 'uncaughtException'])('logs an %s and exits 1', async (event) => {
    void run(async () => ({ close: async () => undefined }));
    await settle();
    host.emit(event, new Error('forgotten'));
    expect(host.exits).toEqual([1]);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: 'fatal', message: 'unhandled: forgotten' });
  });
});
