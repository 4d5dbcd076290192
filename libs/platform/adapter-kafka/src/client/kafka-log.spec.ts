import { logLevel } from 'kafkajs';
import { bridgeLog } from './kafka-log';

function logged(namespace: string, message: string, extra: Record<string, unknown> = {}): unknown[] {
  const lines: unknown[] = [];
  const write = bridgeLog((...line) => lines.push(line))(logLevel.WARN);
  const timestamp = '2024-01-01T00:00:00Z';
  write({ namespace, level: logLevel.ERROR, label: 'ERROR', log: { timestamp, logger: 'kafkajs', message, ...extra } });
  return lines;
}

describe('bridgeLog', () => {
  it('passes an error of kafkajs on as a warning, without the frame of its line', () => {
    expect(logged('Connection', 'Connection timeout', { broker: 'one:1', stack: 'at …', correlationId: 3 })).toEqual([
      ['warn', 'kafkajs: [Connection] Connection timeout', { broker: 'one:1' }],
    ]);
  });

  it.each([
    ['BrokerPool', 'Failed to connect to seed broker', {}],
    ['Consumer', 'Crash: KafkaJSConnectionError: gone', {}],
    ['Runner', 'The group is rebalancing, re-joining', {}],
    ['Connection', 'Response Heartbeat', { error: 'The group is rebalancing, so a rejoin is needed' }],
    ['Connection', 'Response Heartbeat', { error: 'The coordinator is not aware of this member' }],
  ])('leaves out what another line says: [%s] %s', (namespace, message, extra) => {
    expect(logged(namespace, message, extra)).toEqual([]);
  });

  it('passes the same line on once in 30 s', () => {
    const lines: string[] = [];
    let nowMs = 0;
    const write = bridgeLog(
      (_, message) => lines.push(message),
      () => nowMs,
    )(logLevel.WARN);
    const say = (message: string): void =>
      write({ namespace: 'Connection', level: logLevel.ERROR, label: 'ERROR', log: { timestamp: '', message } });

    ['refused', 'refused', 'timeout'].forEach(say);
    nowMs = 30_000;
    say('refused');

    expect(lines.map((line) => line.split('] ')[1])).toEqual(['refused', 'timeout', 'refused']);
  });

  it('does not remember ever more lines', () => {
    const lines: string[] = [];
    const write = bridgeLog(
      (_, message) => lines.push(message),
      () => 0,
    )(logLevel.WARN);
    for (let index = 0; index <= 100; index += 1) {
      const message = index === 100 ? 'line 0' : `line ${index}`;
      write({ namespace: 'Connection', level: logLevel.ERROR, label: 'ERROR', log: { timestamp: '', message } });
    }

    expect(lines).toHaveLength(100);
  });
});
