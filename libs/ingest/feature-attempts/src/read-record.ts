import {
  type AssessLimits,
  type AssessMessage,
  failureReasons,
  parseAssessRecord,
} from '@scorekeep/core/contract-events';
import {
  type Answer,
  type AnswersToStore,
  type AttemptEvent,
  type StorageLayout,
} from '@scorekeep/core/domain-scoring';
import { toAttemptEvent, toLearner } from './assess-event.mapper';
import { type RecordReading, type UnreadRecord } from './record-reader.port';

/** What records are read with. */
export interface RecordReadingOptions<Answers extends AnswersToStore> {
  readonly limits: AssessLimits;
  readonly layout: StorageLayout;
  /** When they are read, ms since epoch. */
  readonly nowMs: number;
  /** The form in which answers wait for their row. Built ones would outlive the collector's young generation. */
  readonly pack: (answers: readonly Answer[]) => Answers;
}

/** Reads one record. Never throws. */
export function readRecord<Answers extends AnswersToStore>(
  record: UnreadRecord,
  options: RecordReadingOptions<Answers>,
): RecordReading<Answers> {
  try {
    const parsed = parseAssessRecord(record.value, options.limits);
    switch (parsed.kind) {
      case 'invalid':
        return parsed;
      case 'recompute':
        return { kind: 'recompute', learner: toLearner(parsed.message) };
      case 'attempt':
        return readAttempt(parsed.message, record, options);
    }
  } catch (error) {
    return { kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) };
  }
}

function readAttempt<Answers extends AnswersToStore>(
  message: AssessMessage,
  { timestampMs }: UnreadRecord,
  { layout, nowMs, pack }: RecordReadingOptions<Answers>,
): RecordReading<Answers> {
  const event = textualEvent(() => toAttemptEvent(message, { recordTimestampMs: timestampMs, nowMs, layout }));
  if (!event) return { kind: 'invalid', reason: failureReasons.nestedTooDeeply };
  if (hasEndlessSum(event)) return { kind: 'invalid', reason: failureReasons.scoreTooLarge };
  return { kind: 'attempt', event: { ...event, answers: pack(event.answers) } };
}

/** @returns undefined when something is nested so deeply that it has no text: JSON.stringify recurses */
function textualEvent<T>(build: () => T): T | undefined {
  try {
    return build();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function hasEndlessSum({ summary }: Pick<AttemptEvent, 'summary'>): boolean {
  return !Number.isFinite(summary.score) || !Number.isFinite(summary.maxScore);
}
