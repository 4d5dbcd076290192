import {
  contentConsumptionMessage,
  invalidContentStateMessage,
  submittedAssessmentMessage,
  topics,
  type TopicName,
} from '@scorekeep/core/contract-events';
import { type LearnerUpdate, type StoredContent, type SubmittedItem } from '@scorekeep/core/domain-content-state';
import { type OutgoingMessage } from '@scorekeep/platform/domain-messaging';

/** What is foreseen for one learner and batch. */
export interface ForeseenUpdate extends LearnerUpdate {
  readonly contents: readonly StoredContent[];
}

export interface MessageStamp {
  /** Now, ms since epoch. */
  readonly nowMs: number;
  /** A random UUID (version 4), a new one each time. */
  readonly uuid: () => string;
}

export type MessagesByTopic = readonly (readonly [TopicName, readonly OutgoingMessage[]])[];

/** All that goes out for one call, keyed by user id. */
export function updateMessages(
  foreseen: readonly ForeseenUpdate[],
  rejected: readonly SubmittedItem[],
  actsFor: readonly string[],
  { nowMs, uuid }: MessageStamp,
): MessagesByTopic {
  const consumed = foreseen.map(({ learner, contents }) => ({
    key: learner.userId,
    value: contentConsumptionMessage({ ...learner, contents: contents.map(withStatus) }, nowMs, uuid()),
  }));
  const assessed = foreseen.flatMap(({ learner: { userId }, assessments }) =>
    assessments.map((assessment) => ({ key: userId, value: submittedAssessmentMessage(assessment, userId) })),
  );
  return [
    [topics.courseBatchJob, consumed],
    [topics.assess, assessed],
    [topics.invalidContentState, [...rejections(rejected, actsFor, nowMs)]],
  ];
}

function withStatus({ contentId, status }: StoredContent): { contentId: string; status: number } {
  return { contentId, status: status ?? 0 };
}

/** One message per user and kind. */
function* rejections(
  rejected: readonly SubmittedItem[],
  validUserIds: readonly string[],
  nowMs: number,
): Generator<OutgoingMessage> {
  for (const userId of new Set(rejected.map((item) => item.userId))) {
    for (const kind of ['content', 'assessment'] as const) {
      const items = rejected.filter((item) => item.userId === userId && item.kind === kind);
      if (items.length === 0) continue;
      const originals = items.map(({ original }) => original);
      const value = invalidContentStateMessage({ validUserIds, kind: `${kind}s`, items: originals }, nowMs);
      yield { key: userId, value };
    }
  }
}
