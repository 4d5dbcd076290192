import { AppError } from '@scorekeep/platform/util-errors';
import { causesOf, kafkaError } from './kafka.errors';

function protocolError(type: string, retriable: boolean): Error {
  return Object.assign(new Error(`it said ${type}`), { name: 'KafkaJSProtocolError', type, retriable });
}

const named = (name: string): Error => Object.assign(new Error(name), { name });
const wrapped = (cause: Error): Error =>
  Object.assign(new Error('wrapped', { cause }), { name: 'KafkaJSNumberOfRetriesExceeded', retriable: false });

describe('kafkaError', () => {
  it.each([
    [protocolError('MESSAGE_TOO_LARGE', false), 'KAFKA.MESSAGE_TOO_LARGE', false],
    [wrapped(protocolError('UNKNOWN_TOPIC_OR_PARTITION', true)), 'KAFKA.UNKNOWN_TOPIC', true],
    [protocolError('TOPIC_AUTHORIZATION_FAILED', false), 'KAFKA.UNAUTHORIZED', false],
    [wrapped(named('KafkaJSSASLAuthenticationError')), 'KAFKA.UNAUTHORIZED', false],
    [protocolError('INVALID_RECORD', false), 'KAFKA.REJECTED', false],
    [wrapped(protocolError('NOT_ENOUGH_REPLICAS', true)), 'KAFKA.UNAVAILABLE', true],
    [wrapped(named('KafkaJSConnectionError')), 'KAFKA.UNAVAILABLE', true],
    [named('KafkaJSGroupCoordinatorNotFound'), 'KAFKA.UNAVAILABLE', true],
  ])('%s is %s, retryable: %s', (thrown, code, retryable) => {
    expect(kafkaError(thrown, 'publishing', 'one:1')).toMatchObject({ code, retryable });
  });

  it('names what was tried, the addresses, their setting and the root of the failure', () => {
    const error = kafkaError(wrapped(named('ECONNREFUSED')), 'publishing to dev.in', 'one:1,two:2');
    expect(error.message).toBe(
      'Kafka is not available at one:1,two:2 (KAFKA_BROKERS) while publishing to dev.in: ECONNREFUSED',
    );
  });

  it('leaves an error of our own as it is', () => {
    const own = new AppError('KAFKA.CLOSED', 'closed');
    expect(kafkaError(own, 'publishing', 'one:1')).toBe(own);
  });
});

describe('causesOf', () => {
  it('ends where a chain of causes bites its tail', () => {
    const one = new Error('one');
    const two = new Error('two', { cause: one });
    one.cause = two;
    expect(causesOf(two)).toEqual([two, one]);
  });
});
