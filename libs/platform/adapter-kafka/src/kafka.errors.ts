import { AppError, messageOf } from '@scorekeep/platform/util-errors';

/** Every code an error of this library can carry. */
export const kafkaErrorCodes = {
  /** No broker answered, or not in time. Retryable; whether a message was stored is not known. */
  unavailable: 'KAFKA.UNAVAILABLE',
  /** Credentials or permissions: somebody has to correct settings or access rules. */
  unauthorized: 'KAFKA.UNAUTHORIZED',
  /** The topic is missing. Retryable: a new topic takes a moment to be known, and a record is not at fault. */
  unknownTopic: 'KAFKA.UNKNOWN_TOPIC',
  /** One message exceeds what the topic takes, compressed too. Sending it again cannot help. */
  messageTooLarge: 'KAFKA.MESSAGE_TOO_LARGE',
  /** The broker will never accept the request as it is. */
  rejected: 'KAFKA.REJECTED',
  /** A file that a setting names cannot be read. */
  badSettings: 'KAFKA.BAD_SETTINGS',
  /** Used after `close()`. */
  closed: 'KAFKA.CLOSED',
  /** The consumer cannot go on and does not come back: the process must end. */
  consumerDead: 'KAFKA.CONSUMER_DEAD',
  /** A Nest handler that this transport cannot serve. */
  badHandler: 'KAFKA.BAD_HANDLER',
} as const;

const unauthorizedTypes = new Set([
  'TOPIC_AUTHORIZATION_FAILED',
  'GROUP_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'SASL_AUTHENTICATION_FAILED',
  'UNSUPPORTED_SASL_MECHANISM',
]);

/** What kafkajs's errors look like; it wraps them in each other as `cause`. */
export interface KafkaJsError {
  readonly name: string;
  readonly message: string;
  /** The protocol's name of the error, like `MESSAGE_TOO_LARGE`. */
  readonly type?: string;
  readonly retriable?: boolean;
  readonly cause?: unknown;
}

/** The error itself and all it was caused by, outermost first. */
export function causesOf(thrown: unknown): KafkaJsError[] {
  const chain: KafkaJsError[] = [];
  let current = thrown;
  while (current instanceof Error && !chain.includes(current)) {
    chain.push(current);
    current = current.cause;
  }
  return chain;
}

/** Whether authentication or authorisation failed: retrying with the same settings cannot help. */
export function isUnauthorized(thrown: unknown): boolean {
  return causesOf(thrown).some(
    ({ name, type }) =>
      name === 'KafkaJSSASLAuthenticationError' || (type !== undefined && unauthorizedTypes.has(type)),
  );
}

/**
 * Translates what kafkajs threw.
 *
 * @param doing what was tried, as in "publishing to dev.telemetry.assess"
 * @param brokers the addresses, as the setting KAFKA_BROKERS gives them
 */
export function kafkaError(thrown: unknown, doing: string, brokers: string): AppError {
  if (thrown instanceof AppError) return thrown;
  const chain = causesOf(thrown);
  const types = chain.map(({ type }) => type);
  const reason = messageOf(chain.at(-1) ?? thrown);
  const make = (code: string, words: string, retryable: boolean): AppError =>
    new AppError(code, `${words} while ${doing}: ${reason}`, { cause: thrown, retryable, context: { brokers } });

  if (isUnauthorized(thrown)) {
    return make(kafkaErrorCodes.unauthorized, `Kafka at ${brokers} refused access (check KAFKA_SASL_*)`, false);
  }
  if (types.includes('MESSAGE_TOO_LARGE') || types.includes('RECORD_LIST_TOO_LARGE')) {
    return make(kafkaErrorCodes.messageTooLarge, 'Kafka refused a message for its size', false);
  }
  if (types.includes('UNKNOWN_TOPIC_OR_PARTITION') || chain.some(({ name }) => name === 'KafkaJSMetadataNotLoaded')) {
    return make(kafkaErrorCodes.unknownTopic, `Kafka at ${brokers} has no such topic`, true);
  }
  if (isPermanent(chain)) return make(kafkaErrorCodes.rejected, `Kafka at ${brokers} refused`, false);
  return make(kafkaErrorCodes.unavailable, `Kafka is not available at ${brokers} (KAFKA_BROKERS)`, true);
}

/** A protocol error that kafkajs knows to be final, or a request that it refuses to send. */
function isPermanent(chain: readonly KafkaJsError[]): boolean {
  const root = chain.at(-1);
  if (root === undefined) return true;
  if (root.name === 'KafkaJSProtocolError' || root.name === 'KafkaJSCreateTopicError') return root.retriable === false;
  return root.name === 'KafkaJSNonRetriableError';
}

/** KAFKA.BAD_SETTINGS */
export function unreadableFile(setting: string, file: string, cause: unknown): AppError {
  const words = `The file ${file} that ${setting} names cannot be read: ${messageOf(cause)}`;
  return new AppError(kafkaErrorCodes.badSettings, words, { cause, context: { setting, file } });
}

/** KAFKA.CLOSED */
export function alreadyClosed(what: string): AppError {
  return new AppError(kafkaErrorCodes.closed, `The ${what} is closed.`);
}

/** KAFKA.CONSUMER_DEAD */
export function consumerDead(groupId: string, brokers: string, cause: unknown): AppError {
  const root = causesOf(cause).at(-1);
  const words = `The consumer of group ${groupId} at ${brokers} (KAFKA_BROKERS) cannot go on: ${messageOf(root ?? cause)}`;
  return new AppError(kafkaErrorCodes.consumerDead, words, { cause, context: { groupId, brokers } });
}

/** KAFKA.BAD_HANDLER. `problem` completes "The handler of <pattern> …". */
export function badHandler(pattern: string, problem: string): AppError {
  return new AppError(kafkaErrorCodes.badHandler, `The handler of ${pattern} ${problem}.`, { context: { pattern } });
}
