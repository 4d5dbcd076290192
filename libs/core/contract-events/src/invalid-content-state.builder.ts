export interface InvalidContentState {
  /** Whom the caller may act for. */
  readonly validUserIds: readonly string[];
  readonly kind: 'contents' | 'assessments';
  /** Of one user, as they came. */
  readonly items: readonly object[];
}

/**
 * Value of a message to `contentstate.invalid`: what an app sent of a user whom its caller may not act for. Its key is
 * the id of that user.
 *
 * @param etsMs now, ms since epoch
 */
export function invalidContentStateMessage({ validUserIds, kind, items }: InvalidContentState, etsMs: number): string {
  const name = kind === 'contents' ? 'invalidContents' : 'invalidAssessments';
  return JSON.stringify({ validUserIds, [name]: items, ets: etsMs });
}
