import { AssessMessage, RecomputeMessage } from './assess-event.message';
import { messageGate } from './message-gate';

/** What a record's value is. `reason` names field and fault, and holds no value of the message. */
export type ParsedAssessRecord =
  | { readonly kind: 'attempt'; readonly message: AssessMessage }
  | { readonly kind: 'recompute'; readonly message: RecomputeMessage }
  | { readonly kind: 'invalid'; readonly reason: string; readonly original: Record<string, unknown> | undefined };

const attemptProblems = messageGate(AssessMessage);
const recomputeProblems = messageGate(RecomputeMessage);

/** Decodes and validates the value of a record of the assess topic. Never throws. */
export function parseAssessRecord(value: Uint8Array | null): ParsedAssessRecord {
  if (value === null) return { kind: 'invalid', reason: 'no value', original: undefined };
  const parsed = parseJson(value);
  if (parsed === undefined) return { kind: 'invalid', reason: 'not JSON', original: undefined };
  if (!isObject(parsed)) return { kind: 'invalid', reason: 'not a JSON object', original: undefined };
  return hasNoAnswers(parsed.events) ? parseRecompute(parsed) : parseAttempt(parsed);
}

function parseAttempt(original: Record<string, unknown>): ParsedAssessRecord {
  const reason = attemptProblems(original);
  if (reason !== undefined) return { kind: 'invalid', reason, original };
  return { kind: 'attempt', message: original as unknown as AssessMessage };
}

function parseRecompute(original: Record<string, unknown>): ParsedAssessRecord {
  const reason = recomputeProblems(original);
  if (reason !== undefined) return { kind: 'invalid', reason, original };
  return { kind: 'recompute', message: original as unknown as RecomputeMessage };
}

function hasNoAnswers(events: unknown): boolean {
  return events === undefined || events === null || (Array.isArray(events) && events.length === 0);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `undefined` stands for "not JSON": no JSON text parses to it. */
function parseJson(value: Uint8Array): unknown {
  try {
    return JSON.parse(decodeUtf8(value));
  } catch {
    return undefined;
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function decodeUtf8(value: Uint8Array): string {
  return decoder.decode(value);
}
