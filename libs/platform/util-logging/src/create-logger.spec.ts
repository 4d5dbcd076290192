import { AppError } from '@scorekeep/platform/util-errors';
import { createLogger } from './create-logger';
import { type LogLevel } from './logging.settings';

const recording = (level?: LogLevel) => {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  return { lines, logger: createLogger({ name: 'tested', destination, ...(level ? { level } : {}) }) };
};

describe('createLogger', () => {
  it('writes a JSON object a line', () => {
    const { lines, logger } = recording();
    logger.info('batch done', { records: 3 });
    expect(lines).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
        name: 'tested',
        pid: process.pid,
        records: 3,
        message: 'batch done',
      },
    ]);
  });

  it.each([
    ['trace', 6],
    ['info', 4],
    ['error', 2],
    ['silent', 0],
  ] as const)('at level %s writes %i of six lines', (level, count) => {
    const { lines, logger } = recording(level);
    for (const method of ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const) logger[method]('line');
    expect(lines).toHaveLength(count);
  });

  it('writes errors with code, context and cause', () => {
    const { lines, logger } = recording();
    const cause = new Error('socket closed');
    logger.error('failed', { error: new AppError('STORE.GONE', 'no store', { cause, context: { bucket: 'b' } }) });
    expect(lines[0]?.['error']).toMatchObject({
      code: 'STORE.GONE',
      message: 'no store: socket closed',
      context: { bucket: 'b' },
      stack: expect.stringContaining('caused by: Error: socket closed') as string,
    });
  });

  it('hides secrets wherever they usually sit', () => {
    const { lines, logger } = recording();
    logger.info('x', {
      password: 'hunter2',
      request: { headers: { authorization: 'hunter2', 'x-authenticated-user-token': 'hunter2' } },
      settings: { S3_SECRET_ACCESS_KEY: 'hunter2', connectionString: 'hunter2' },
      error: new AppError('A.B', 'x', { context: { token: 'hunter2' } }),
    });
    expect(JSON.stringify(lines)).not.toContain('hunter2');
    expect(lines[0]).toMatchObject({ password: '[hidden]', error: { context: { token: '[hidden]' } } });
  });

  it('gives children that repeat their fields', () => {
    const { lines, logger } = recording();
    logger.child({ topic: 't' }).child({ partition: 1 }).warn('slow', { offset: '7' });
    expect(lines[0]).toMatchObject({ level: 'warn', topic: 't', partition: 1, offset: '7' });
  });
});
