/** Names of topics without the environment's prefix. */
export const topics = {
  assess: 'telemetry.assess',
  assessFailed: 'telemetry.assess.failed',
  certificateRequest: 'issue.certificate.request',
  courseBatchJob: 'coursebatch.job.request',
  enrolmentSync: 'batch.enrolment.sync.request',
  invalidContentState: 'contentstate.invalid',
  exhaustRequest: 'exhaust.request',
  archivalTask: 'archival.task',
} as const;

export type TopicName = (typeof topics)[keyof typeof topics];

/** Full name of a topic: `<environment prefix>.<name>`. */
export function fullTopicName(prefix: string, name: TopicName): string {
  return `${prefix}.${name}`;
}

/** Full names of all topics that Scorekeep reads or writes. */
export function allTopicNames(prefix: string): string[] {
  return Object.values(topics).map((name) => fullTopicName(prefix, name));
}
