import { AppError } from '@scorekeep/platform/util-errors';
import { errors, types } from 'cassandra-driver';

/**
 * Codes of this lib. After UNAVAILABLE, TIMEOUT, OVERLOADED or WRITE_FAILURE of a write, the outcome is unknown: it may
 * have been applied, or be applied yet. INVALID_QUERY, REFUSED and MISCONFIGURED were not applied and are not retryable.
 */
export const CassandraErrorCode = {
  unavailable: 'CASSANDRA.UNAVAILABLE',
  timeout: 'CASSANDRA.TIMEOUT',
  overloaded: 'CASSANDRA.OVERLOADED',
  /** Replicas gave up reading, e.g. over too many deleted rows: asking for a narrower range helps more than repeating. */
  readFailure: 'CASSANDRA.READ_FAILURE',
  writeFailure: 'CASSANDRA.WRITE_FAILURE',
  invalidQuery: 'CASSANDRA.INVALID_QUERY',
  refused: 'CASSANDRA.REFUSED',
  misconfigured: 'CASSANDRA.MISCONFIGURED',
} as const;

interface Translation {
  readonly code: string;
  readonly words: string;
  readonly retryable: boolean;
  /** Whether the server's own words are safe to repeat: they describe our statement or grants, never a bound value. */
  readonly quoteServer?: boolean;
}

const byResponseCode: Readonly<Record<number, Translation>> = {
  [types.responseErrorCodes.serverError]: unavailable('the server failed inside'),
  [types.responseErrorCodes.protocolError]: unavailable('the server and the driver do not understand each other'),
  [types.responseErrorCodes.badCredentials]: refused('the credentials were refused'),
  [types.responseErrorCodes.unavailableException]: unavailable('not enough replicas are alive'),
  [types.responseErrorCodes.overloaded]: overloaded('the server has too much to do'),
  [types.responseErrorCodes.isBootstrapping]: unavailable('the server is still starting'),
  [types.responseErrorCodes.truncateError]: unavailable('the table could not be truncated'),
  [types.responseErrorCodes.writeTimeout]: timeout('replicas did not acknowledge the write in time'),
  [types.responseErrorCodes.readTimeout]: timeout('replicas did not answer the read in time'),
  [types.responseErrorCodes.readFailure]: {
    code: CassandraErrorCode.readFailure,
    words: 'replicas failed while reading',
    retryable: true,
  },
  [types.responseErrorCodes.writeFailure]: {
    code: CassandraErrorCode.writeFailure,
    words: 'replicas failed while writing',
    retryable: true,
  },
  [types.responseErrorCodes.syntaxError]: invalid('the statement is not CQL'),
  [types.responseErrorCodes.unauthorized]: refused('the user may not do this'),
  [types.responseErrorCodes.invalid]: invalid('the statement is invalid'),
  [types.responseErrorCodes.configError]: invalid('the statement is invalid'),
  [types.responseErrorCodes.alreadyExists]: invalid('it exists already'),
};

function unavailable(words: string): Translation {
  return { code: CassandraErrorCode.unavailable, words, retryable: true };
}
function timeout(words: string): Translation {
  return { code: CassandraErrorCode.timeout, words, retryable: true };
}
function overloaded(words: string): Translation {
  return { code: CassandraErrorCode.overloaded, words, retryable: true };
}
function refused(words: string): Translation {
  return { code: CassandraErrorCode.refused, words, retryable: false, quoteServer: true };
}
function invalid(words: string): Translation {
  return { code: CassandraErrorCode.invalidQuery, words, retryable: false, quoteServer: true };
}

function translateResponse(error: errors.ResponseError): Translation {
  // Thrown as "overloaded", but what overflowed is this one query: too many rows that only some replicas still hold.
  if (error.message.startsWith('Replica filtering protection')) {
    return {
      code: CassandraErrorCode.readFailure,
      words: 'replica filtering protection gave up: too many deleted rows in the range',
      retryable: true,
    };
  }
  return byResponseCode[error.code] ?? unavailable('the server answered with an error that this version does not know');
}

function translateNoHost(error: errors.NoHostAvailableError): Translation {
  const inner = Object.values((error.innerErrors ?? {}) as Record<string, unknown>);
  const telling = inner.find((each) => each instanceof errors.AuthenticationError || responseOf(each) !== undefined);
  if (telling !== undefined) return translate(telling);
  if (inner.length === 0) return unavailable('no server is known to be up');
  if (inner.every((each) => each instanceof errors.OperationTimedOutError))
    return timeout('no server answered in time');
  if (inner.some((each) => each instanceof errors.BusyConnectionError)) return overloaded('all connections are busy');
  return unavailable(inner.map(firstLine).join('; '));
}

function translate(thrown: unknown): Translation {
  const response = responseOf(thrown);
  if (response) return translateResponse(response);
  if (thrown instanceof errors.NoHostAvailableError) return translateNoHost(thrown);
  if (thrown instanceof errors.AuthenticationError) return refused('the credentials were refused');
  if (thrown instanceof errors.OperationTimedOutError) return timeout('the server did not answer in time');
  if (thrown instanceof errors.BusyConnectionError) return overloaded('all connections are busy');
  if (thrown instanceof errors.DriverError || isSocketError(thrown)) return unavailable(firstLine(thrown));
  // What else comes out of the driver is its encoder's; its message repeats the value, so only its kind is told.
  return {
    code: CassandraErrorCode.invalidQuery,
    words: `a value does not fit its column (${thrown instanceof Error ? thrown.name : typeof thrown})`,
    retryable: false,
  };
}

/**
 * The driver's error in the words of this lib. Bound values can appear in messages of the driver and the server, so
 * neither is kept as `cause`; the server's message is repeated only where it is about the statement or the user.
 */
export function toCassandraError(thrown: unknown, statement: string, contactPoints: string): AppError {
  if (thrown instanceof AppError) return thrown;
  const { code, words, retryable, quoteServer } = translate(thrown);
  const quoted = quoteServer === true ? quoteOf(thrown) : '';
  const setting = code === CassandraErrorCode.unavailable ? ' (setting CASSANDRA_CONTACT_POINTS)' : '';
  const message = `Cassandra at ${contactPoints}: ${words}${quoted}${setting}`;
  return new AppError(code, message, { context: { statement }, retryable });
}

/** Why a session could not be opened, with the setting that an operator would look at. */
export function toConnectError(thrown: unknown, contactPoints: string, localDatacenter: string): AppError {
  if (thrown instanceof AppError) return thrown;
  const context = { contactPoints, localDatacenter };
  if (thrown instanceof errors.ArgumentError) {
    return new AppError(
      CassandraErrorCode.misconfigured,
      `Cassandra at ${contactPoints}: ${firstLine(thrown)} (setting CASSANDRA_LOCAL_DATACENTER)`,
      { context },
    );
  }
  const { code, words, retryable } = translate(thrown);
  const message =
    code === CassandraErrorCode.refused
      ? `Cassandra at ${contactPoints} refused the login${loginQuote(thrown)} (settings CASSANDRA_USERNAME, CASSANDRA_PASSWORD)`
      : `Cassandra does not answer at ${contactPoints}: ${words} (setting CASSANDRA_CONTACT_POINTS)`;
  return new AppError(code, message, { context, retryable });
}

/** The reason in the server's words, which the driver may have put into an error per server. */
function loginQuote(thrown: unknown): string {
  const inner = thrown instanceof errors.NoHostAvailableError ? (thrown.innerErrors as Record<string, unknown>) : {};
  return [thrown, ...Object.values(inner)].map(quoteOf).find((quote) => quote !== '') ?? '';
}

function responseOf(thrown: unknown): errors.ResponseError | undefined {
  return thrown instanceof errors.ResponseError ? thrown : undefined;
}

function quoteOf(thrown: unknown): string {
  const quoted = thrown instanceof errors.ResponseError || thrown instanceof errors.AuthenticationError;
  return quoted ? `: ${thrown.message}` : '';
}

function isSocketError(thrown: unknown): boolean {
  return typeof thrown === 'object' && thrown !== null && ('isSocketError' in thrown || 'syscall' in thrown);
}

function firstLine(thrown: unknown): string {
  const words = typeof thrown === 'object' && thrown !== null && 'message' in thrown ? thrown.message : thrown;
  return String(words).split('\n', 1)[0] ?? '';
}
