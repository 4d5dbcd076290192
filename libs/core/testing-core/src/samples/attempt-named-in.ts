/**
 * The attempt that an event says it is of, as text: what must be stored when nothing is wrong with the event. Undefined where
 * it names none: it is no JSON object, or asks to recompute. Read without the code that is tested.
 */
export function attemptNamedIn(value: Uint8Array): string | undefined {
  const event = parsed(value);
  if (typeof event !== 'object' || event === null) return undefined;
  const { userId, courseId, batchId, contentId, attemptId, events } = event as Record<string, unknown>;
  if (!Array.isArray(events) || events.length === 0) return undefined;
  const ids = [userId, courseId, batchId, contentId, attemptId];
  return attemptText(ids.map((id) => (typeof id === 'string' ? id : 'what is no text is stored nowhere')));
}

/** @param ids of learner, course, batch, content and attempt, as they are stored */
export function attemptText(ids: readonly string[]): string {
  return JSON.stringify(ids.map((id) => Buffer.from(id).toString()));
}

function parsed(value: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(value));
  } catch {
    return undefined;
  }
}
