import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createLogger } from './create-logger';
import { NestLogger } from './nest-logger';

const recording = () => {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  return { lines, nestLogger: new NestLogger(createLogger({ name: 'tested', level: 'trace', destination })) };
};

describe('NestLogger', () => {
  it.each([
    ['log', 'info'],
    ['warn', 'warn'],
    ['debug', 'debug'],
    ['verbose', 'trace'],
    ['fatal', 'fatal'],
    ['error', 'error'],
  ] as const)('passes %s on as %s with its context', (method, level) => {
    const { lines, nestLogger } = recording();
    nestLogger[method]('words', 'Speaker');
    expect(lines).toEqual([expect.objectContaining({ level, message: 'words', context: 'Speaker' })]);
  });

  it('keeps the stack of an error', () => {
    const { lines, nestLogger } = recording();
    nestLogger.error('words', 'at here', 'Speaker');
    nestLogger.error(new Error('thrown'), 'Speaker');
    nestLogger.error({ odd: 1 });
    expect(lines).toEqual([
      expect.objectContaining({ message: 'words', stack: 'at here', context: 'Speaker' }),
      expect.objectContaining({ message: 'thrown', error: expect.objectContaining({ message: 'thrown' }) as unknown }),
      expect.objectContaining({ message: '{"odd":1}' }),
    ]);
  });

  it('carries the lines of a real Nest start, its wiring at debug', async () => {
    @Module({})
    class EmptyModule {}
    const { lines, nestLogger } = recording();
    const app = await NestFactory.createApplicationContext(EmptyModule, { logger: nestLogger });
    await app.close();
    expect(lines).toContainEqual(expect.objectContaining({ level: 'debug', context: 'InstanceLoader' }));
  });
});
