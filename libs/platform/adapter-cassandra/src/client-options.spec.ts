import { CassandraSettings } from './cassandra.settings';
import { clientOptions } from './client-options';

const settings = (changes: Partial<CassandraSettings>) => Object.assign(new CassandraSettings(), changes);

it('takes the first contact point’s port for servers that are learned from it', () => {
  const options = clientOptions(settings({ CASSANDRA_CONTACT_POINTS: '[::1]:9142, db:9042' }), 'courses');
  expect(options).toMatchObject({
    contactPoints: ['[::1]:9142', 'db:9042'],
    protocolOptions: { port: 9142 },
    keyspace: 'courses',
  });
});

it('has no keyspace, credentials or TLS unless given', () => {
  const options = clientOptions(settings({}), null);
  expect(options).not.toHaveProperty('keyspace');
  expect(options).not.toHaveProperty('credentials');
  expect(options).not.toHaveProperty('sslOptions');
});

it('passes credentials on and insists on the given certificate authority', () => {
  const options = clientOptions(
    settings({ CASSANDRA_USERNAME: 'u', CASSANDRA_PASSWORD: 'p', CASSANDRA_TLS_CA_FILE: __filename }),
    null,
  );
  expect(options).toMatchObject({
    credentials: { username: 'u', password: 'p' },
    sslOptions: { rejectUnauthorized: true },
  });
});

it('looks for a server that is away every two seconds, however long it is away', () => {
  const schedule = clientOptions(settings({}), null).policies?.reconnection?.newSchedule();
  const waits = Array.from({ length: 1_000 }, () => (schedule?.next().value ?? NaN) as number);
  expect(new Set(waits)).toEqual(new Set([2_000]));
});
