/** Reasons that are not about a field of the message. Those about one begin with its path. */
export const failureReasons = {
  noValue: 'no value',
  notJson: 'not JSON',
  notAnObject: 'not a JSON object',
  nestedTooDeeply: 'nested too deeply',
  scoreTooLarge: 'the sum of the scores is not finite',
  invalidContent: 'invalid content',
  tooManyQuestions: 'too many questions',
  tooManyAttempts: 'too many attempts',
} as const;

const fixed: ReadonlySet<string> = new Set(Object.values(failureReasons));

/**
 * One of few texts for each kind of reason, for metrics and counts: a reason about a field becomes the field's path, without
 * positions in lists (`events[].edata.score`).
 */
export function reasonKind(reason: string): string {
  if (fixed.has(reason) || /^failed: ([A-Z_]+\.[A-Z_]+|internal error)$/.test(reason)) return reason;
  if (reason.startsWith('larger than ')) return 'too large';
  const [, path] = /^([A-Za-z]+(?:\.[A-Za-z0-9]+)*) must /.exec(reason) ?? [];
  return path?.replace(/\.[0-9]+/g, '[]') ?? 'other';
}
