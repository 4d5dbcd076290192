import { loadSettings, type SettingsError } from '@scorekeep/platform/util-config';
import { CassandraSettings } from './cassandra.settings';

const problems = (environment: Record<string, string>): string[] => {
  try {
    loadSettings([CassandraSettings], environment);
    return [];
  } catch (error) {
    return (error as SettingsError).problems.map(({ name }) => name);
  }
};

it('the defaults are valid', () => {
  expect(problems({})).toEqual([]);
});

it.each(['db:9042', '127.0.0.1:9042,127.0.0.2:9042', 'a.example:1, b.example:65535', '[::1]:9042'])(
  'contact points %s are valid',
  (value) => expect(problems({ CASSANDRA_CONTACT_POINTS: value })).toEqual([]),
);

it.each(['db', 'db:', ':9042', 'db:9042,', 'db 9042', '::1:9042', 'db:0'])('contact points "%s" are not', (value) => {
  expect(problems({ CASSANDRA_CONTACT_POINTS: value })).toEqual(['CASSANDRA_CONTACT_POINTS']);
});

it('credentials come in pairs', () => {
  expect(problems({ CASSANDRA_USERNAME: 'u', CASSANDRA_PASSWORD: 'p' })).toEqual([]);
  expect(problems({ CASSANDRA_USERNAME: 'u' })).toEqual(['CASSANDRA_PASSWORD']);
  expect(problems({ CASSANDRA_PASSWORD: 'p' })).toEqual(['CASSANDRA_USERNAME']);
});

it('names of keyspaces and consistencies are checked', () => {
  expect(problems({ CASSANDRA_KEYSPACE: 'Quoted-Name', CASSANDRA_READ_CONSISTENCY: 'MOST' })).toEqual([
    'CASSANDRA_KEYSPACE',
    'CASSANDRA_READ_CONSISTENCY',
  ]);
  expect(problems({ CASSANDRA_WRITE_CONSISTENCY: 'EACH_QUORUM' })).toEqual([]);
});
