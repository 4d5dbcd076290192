import { AssessMessage, RecomputeMessage } from './assess-event.message';
import { type AssessLimits, defaultAssessLimits } from './assess-limits';
import { type JsonObject, jsonObjectOf } from './json-object';
import { messageGate } from './message-gate';

/** What a record's value is. `reason` names field and fault, and holds no value of the message. */
export type ParsedAssessRecord =
  | { readonly kind: 'attempt'; readonly message: AssessMessage }
  | { readonly kind: 'recompute'; readonly message: RecomputeMessage }
  | { readonly kind: 'invalid'; readonly reason: string };

const attemptProblems = messageGate(AssessMessage);
const recomputeProblems = messageGate(RecomputeMessage);

/** Decodes and validates the value of a record of the assess topic. Never throws. */
export function parseAssessRecord(
  value: Uint8Array | null,
  limits: AssessLimits = defaultAssessLimits,
): ParsedAssessRecord {
  if (value === null) return invalid('no value');
  if (value.length > limits.maxBytes) return invalid(`larger than ${limits.maxBytes} bytes`);
  const parsed = jsonObjectOf(value);
  if (typeof parsed === 'string') return invalid(parsed);
  return hasNoAnswers(parsed['events']) ? parseRecompute(parsed) : parseAttempt(parsed, limits);
}

function parseAttempt(message: JsonObject, { maxAnswers }: AssessLimits): ParsedAssessRecord {
  const { events } = message;
  if (Array.isArray(events) && events.length > maxAnswers) {
    return invalid(`events must contain no more than ${maxAnswers} elements`);
  }
  const reason = attemptProblems(message);
  if (reason !== undefined) return invalid(reason);
  return { kind: 'attempt', message: message as unknown as AssessMessage };
}

function parseRecompute(message: JsonObject): ParsedAssessRecord {
  const reason = recomputeProblems(message);
  if (reason !== undefined) return invalid(reason);
  return { kind: 'recompute', message: message as unknown as RecomputeMessage };
}

function invalid(reason: string): ParsedAssessRecord {
  return { kind: 'invalid', reason };
}

function hasNoAnswers(events: unknown): boolean {
  return events === undefined || events === null || (Array.isArray(events) && events.length === 0);
}
