import { statusTable } from './stack-status';

it('statusTable lines the columns up', () => {
  const table = statusTable([
    { title: 'Kafka 4.2', address: '127.0.0.1:3', pid: 4711, state: 'running' },
    { title: 'Redis', state: 'stopped' },
  ]);
  expect(table).toBe(
    [
      'server     address      pid   state',
      'Kafka 4.2  127.0.0.1:3  4711  running',
      'Redis      -            -     stopped',
    ].join('\n'),
  );
});
