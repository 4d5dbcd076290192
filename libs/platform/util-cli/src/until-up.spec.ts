import { AppError } from '@scorekeep/platform/util-errors';
import { createLogger } from '@scorekeep/platform/util-logging';
import { untilUp } from './until-up';

const down = new AppError('CASSANDRA.UNAVAILABLE', 'Cassandra does not answer at 127.0.0.1:1', { retryable: true });

describe('untilUp', () => {
  const lines: string[] = [];
  const logger = createLogger({ name: 'test', destination: { write: (line: string) => lines.push(line) } });

  it('tries again until it is up, and says why it waits', async () => {
    let tries = 0;
    const connect = async (): Promise<string> => {
      tries += 1;
      if (tries < 2) throw down;
      return 'connected';
    };
    expect(await untilUp(connect, logger, new AbortController().signal)).toBe('connected');
    expect(lines.join('')).toContain('Cassandra does not answer at 127.0.0.1:1; trying again');
  });

  it('gives up at once on what no retry can help', async () => {
    const wrong = new AppError('CASSANDRA.REFUSED', 'wrong password');
    await expect(untilUp(() => Promise.reject(wrong), logger, new AbortController().signal)).rejects.toBe(wrong);
  });

  it('ends when it is told to stop while it waits', async () => {
    const stop = new AbortController();
    const reason = new Error('stopped');
    const waiting = untilUp(() => Promise.reject(down), logger, stop.signal);
    stop.abort(reason);
    await expect(waiting).rejects.toBe(reason);
  });
});
