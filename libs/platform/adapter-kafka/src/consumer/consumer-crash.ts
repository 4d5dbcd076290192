import { causesOf, isUnauthorized } from '../kafka.errors';

/** The member was left out of its group, or the broker had a bad moment: a new consumer joins and goes on. */
const passingTypes = new Set([
  'UNKNOWN',
  'KAFKAJS_UNKNOWN_ERROR_CODE',
  'BROKER_NOT_AVAILABLE',
  'OFFSET_OUT_OF_RANGE',
  'UNKNOWN_MEMBER_ID',
  'ILLEGAL_GENERATION',
  'REBALANCE_IN_PROGRESS',
  'MEMBER_ID_REQUIRED',
  'FENCED_INSTANCE_ID',
]);

/** Compression without a codec, a broker without an API, a wrong configuration: the same happens every time. */
const finalNames = new Set([
  'KafkaJSNotImplemented',
  'KafkaJSServerDoesNotSupportApiKey',
  'KafkaJSUnsupportedMagicByteInMessageSet',
  'KafkaJSNonRetriableError',
]);

/**
 * Whether starting a new consumer cannot help. kafkajs's own judgement is not used: it calls errors final that pass, like
 * a group's coordinator that is not found while a broker restarts.
 */
export function isFinal(thrown: unknown): boolean {
  if (isUnauthorized(thrown)) return true;
  const root = causesOf(thrown).at(-1);
  if (root === undefined) return false;
  if (root.type !== undefined) return root.retriable === false && !passingTypes.has(root.type);
  return finalNames.has(root.name);
}

/** Whether kafkajs threw it, or the network below. Anything else that leaves a batch is a defect of the program. */
export function isFromKafka(thrown: unknown): boolean {
  return thrown instanceof Error && (thrown.name.startsWith('KafkaJS') || 'code' in thrown);
}
