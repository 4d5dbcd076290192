/**
 * Value of a message to `telemetry.assess`, from the batch assess event that an app submitted: as it came, but for
 * `userId` and each event's `actor.id`, which are the acting user's. Its key is the user id. Whether it is valid is for the
 * ingest to judge.
 */
export function submittedAssessmentMessage(assessment: object, userId: string): string {
  const { events } = assessment as { readonly events?: unknown };
  const answers: unknown[] | undefined = Array.isArray(events) ? events : undefined;
  return JSON.stringify({
    ...assessment,
    userId,
    ...(answers ? { events: answers.map((event) => withActor(event, userId)) } : {}),
  });
}

function withActor(event: unknown, id: string): unknown {
  if (!isObject(event)) return event;
  return { ...event, actor: { type: 'User', ...(isObject(event.actor) ? event.actor : {}), id } };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
