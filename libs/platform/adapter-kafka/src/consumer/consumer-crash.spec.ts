import { isFinal, isFromKafka } from './consumer-crash';

interface Shape {
  readonly name: string;
  readonly type?: string;
  readonly retriable?: boolean;
}

function kafkaJs(shape: Shape, cause?: Error): Error {
  return Object.assign(new Error(shape.name, { cause }), shape);
}

const protocol = (type: string, retriable: boolean): Error =>
  kafkaJs({ name: 'KafkaJSProtocolError', type, retriable });
const exceeded = (cause: Error): Error => kafkaJs({ name: 'KafkaJSNumberOfRetriesExceeded', retriable: false }, cause);
const nonRetriable = (cause?: Error): Error => kafkaJs({ name: 'KafkaJSNonRetriableError', retriable: false }, cause);

describe('isFinal', () => {
  it.each([
    ['brokers that are away', exceeded(kafkaJs({ name: 'KafkaJSConnectionError', retriable: true }))],
    ['a coordinator that is not found', kafkaJs({ name: 'KafkaJSGroupCoordinatorNotFound', retriable: false })],
    ['the same, wrapped', nonRetriable(kafkaJs({ name: 'KafkaJSGroupCoordinatorNotFound', retriable: false }))],
    ['a lock that timed out', kafkaJs({ name: 'KafkaJSLockTimeout', retriable: false })],
    ['a request that timed out', exceeded(kafkaJs({ name: 'KafkaJSRequestTimeoutError', retriable: true }))],
    ['a member that was left out', nonRetriable(protocol('UNKNOWN_MEMBER_ID', false))],
    ['a leader election', exceeded(protocol('LEADER_NOT_AVAILABLE', true))],
    ['a topic that is not there yet', protocol('UNKNOWN_TOPIC_OR_PARTITION', true)],
    ['an error that the broker cannot explain', protocol('UNKNOWN', false)],
    ['a slip of kafkajs while brokers vanish', nonRetriable(new TypeError('Cannot read properties of null'))],
    ['something that is no error', 'text'],
  ])('%s passes', (_, thrown) => {
    expect(isFinal(thrown)).toBe(false);
  });

  it.each([
    ['a wrong password', nonRetriable(kafkaJs({ name: 'KafkaJSSASLAuthenticationError', retriable: false }))],
    ['a missing permission', protocol('GROUP_AUTHORIZATION_FAILED', false)],
    ['a group of another kind', nonRetriable(protocol('INCONSISTENT_GROUP_PROTOCOL', false))],
    ['a compression without a codec', nonRetriable(kafkaJs({ name: 'KafkaJSNotImplemented', retriable: false }))],
    ['a wrong configuration', nonRetriable()],
  ])('%s does not', (_, thrown) => {
    expect(isFinal(thrown)).toBe(true);
  });
});

describe('isFromKafka', () => {
  it('tells errors of kafkajs and the network from our own', () => {
    expect(isFromKafka(protocol('REBALANCE_IN_PROGRESS', false))).toBe(true);
    expect(isFromKafka(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }))).toBe(true);
    expect(isFromKafka(new TypeError('undefined is not a function'))).toBe(false);
    expect(isFromKafka('text')).toBe(false);
  });
});
