/** Who calls a public route, as far as tokens prove it. */
export interface Caller {
  /** The user of the caller's own token. */
  readonly userId: string;
  /** The managed user on whose behalf the caller acts; absent when the caller acts for themselves. */
  readonly requestedFor?: string;
}

/** The user whose data a call is about: the managed one when there is one, else the caller. */
export function actingUserOf({ userId, requestedFor }: Caller): string {
  return requestedFor ?? userId;
}
