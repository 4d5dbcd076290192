import { AppError } from '@scorekeep/platform/util-errors';
import { errors, types } from 'cassandra-driver';
import { toCassandraError, toConnectError } from './cassandra.errors';

const { responseErrorCodes: codes } = types;
const SELECT = 'SELECT a FROM b WHERE c = ?';
const response = (code: number, message = 'a message with a learner’s secret in it') =>
  new errors.ResponseError(code, message);
const noHost = (...inner: unknown[]) =>
  new errors.NoHostAvailableError(Object.fromEntries(inner.map((each, n) => [`10.0.0.${n}:9042`, each])));
const socketError = () =>
  Object.assign(new Error('The socket was closed'), { isSocketError: true, requestNotWritten: false });

describe('an error of the driver while a statement runs', () => {
  it.each([
    ['server error', response(codes.serverError), 'CASSANDRA.UNAVAILABLE', true],
    ['replicas down', response(codes.unavailableException), 'CASSANDRA.UNAVAILABLE', true],
    ['bootstrapping', response(codes.isBootstrapping), 'CASSANDRA.UNAVAILABLE', true],
    ['overloaded', response(codes.overloaded), 'CASSANDRA.OVERLOADED', true],
    ['read timeout', response(codes.readTimeout), 'CASSANDRA.TIMEOUT', true],
    ['write timeout', response(codes.writeTimeout), 'CASSANDRA.TIMEOUT', true],
    ['read failure', response(codes.readFailure), 'CASSANDRA.READ_FAILURE', true],
    ['write failure', response(codes.writeFailure), 'CASSANDRA.WRITE_FAILURE', true],
    [
      'replica filtering protection',
      response(codes.overloaded, "Replica filtering protection has cached over 32000 rows during query x = 'secret'"),
      'CASSANDRA.READ_FAILURE',
      true,
    ],
    ['unknown response', response(0x7777), 'CASSANDRA.UNAVAILABLE', true],
    ['request timed out', new errors.OperationTimedOutError('secret'), 'CASSANDRA.TIMEOUT', true],
    ['busy connections', new errors.BusyConnectionError('10.0.0.1', 2048, 1), 'CASSANDRA.OVERLOADED', true],
    ['socket closed', socketError(), 'CASSANDRA.UNAVAILABLE', true],
    ['no host: refused', noHost(new Error('connect ECONNREFUSED')), 'CASSANDRA.UNAVAILABLE', true],
    ['no host: none known', noHost(), 'CASSANDRA.UNAVAILABLE', true],
    ['no host: all timed out', noHost(new errors.OperationTimedOutError('x')), 'CASSANDRA.TIMEOUT', true],
    ['no host: all busy', noHost(new errors.BusyConnectionError('10.0.0.1', 1, 1)), 'CASSANDRA.OVERLOADED', true],
    ['no host: overloaded', noHost(response(codes.overloaded)), 'CASSANDRA.OVERLOADED', true],
    ['no host: no entrance', noHost(new errors.AuthenticationError('no')), 'CASSANDRA.REFUSED', false],
    ['encoder', new TypeError('Not a valid text value, obtained secret'), 'CASSANDRA.INVALID_QUERY', false],
  ])('%s', (_what, thrown, code, retryable) => {
    const translated = toCassandraError(thrown, SELECT, '10.0.0.1:9042');
    expect(translated).toMatchObject({ code, retryable, context: { statement: SELECT } });
    expect(translated.cause).toBeUndefined();
    expect(translated.message).not.toContain('secret');
    expect(translated.message).toContain('10.0.0.1:9042');
    expect(translated.message.includes('CASSANDRA_CONTACT_POINTS')).toBe(code === 'CASSANDRA.UNAVAILABLE');
  });

  it.each([
    ['syntax', codes.syntaxError, 'CASSANDRA.INVALID_QUERY'],
    ['invalid', codes.invalid, 'CASSANDRA.INVALID_QUERY'],
    ['configuration', codes.configError, 'CASSANDRA.INVALID_QUERY'],
    ['exists', codes.alreadyExists, 'CASSANDRA.INVALID_QUERY'],
    ['unauthorized', codes.unauthorized, 'CASSANDRA.REFUSED'],
  ])('%s: in the server’s own words', (_what, responseCode, code) => {
    const translated = toCassandraError(response(responseCode, 'table b does not exist'), SELECT, '10.0.0.1:9042');
    expect(translated).toMatchObject({ code, retryable: false });
    expect(translated.message).toContain('table b does not exist');
  });

  it('that is ours already stays as it is', () => {
    const ours = new AppError('CASSANDRA.TIMEOUT', 'words');
    expect(toCassandraError(ours, SELECT, '10.0.0.1:9042')).toBe(ours);
    expect(toConnectError(ours, 'h:1', 'dc')).toBe(ours);
  });
});

describe('a session that cannot be opened', () => {
  it('names every address that did not answer, and the setting', () => {
    const thrown = noHost(new Error('connect ECONNREFUSED 10.0.0.0:9042\n    at somewhere'), new Error('getaddrinfo'));
    const translated = toConnectError(thrown, '10.0.0.0:9042,db:9042', 'datacenter1');
    expect(translated).toMatchObject({ code: 'CASSANDRA.UNAVAILABLE', retryable: true });
    expect(translated.message).toBe(
      'Cassandra does not answer at 10.0.0.0:9042,db:9042: connect ECONNREFUSED 10.0.0.0:9042; getaddrinfo ' +
        '(setting CASSANDRA_CONTACT_POINTS)',
    );
  });

  it.each([
    new errors.AuthenticationError('Provided username x and/or password are incorrect'),
    noHost(response(codes.badCredentials, 'Provided username x and/or password are incorrect')),
  ])('says that the credentials were refused: %s', (thrown) => {
    const translated = toConnectError(thrown, 'db:9042', 'datacenter1');
    expect(translated).toMatchObject({ code: 'CASSANDRA.REFUSED', retryable: false });
    expect(translated.message).toBe(
      'Cassandra at db:9042 refused the login: Provided username x and/or password are incorrect ' +
        '(settings CASSANDRA_USERNAME, CASSANDRA_PASSWORD)',
    );
  });

  it('names the datacenter setting when the driver does not find it', () => {
    const thrown = new errors.ArgumentError('Datacenter x was not found. Available DCs are: [dc1]');
    expect(toConnectError(thrown, 'db:9042', 'x').message).toBe(
      'Cassandra at db:9042: Datacenter x was not found. Available DCs are: [dc1] (setting CASSANDRA_LOCAL_DATACENTER)',
    );
  });
});
