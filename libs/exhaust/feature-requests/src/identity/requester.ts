/** Who asks for reports, as far as it is proven. */
export interface Requester {
  readonly userId: string;
  readonly channel: string;
  /** Root organisation. */
  readonly organisationId: string;
}

/** What a caller says about themselves in headers. */
export interface ClaimedIdentity {
  readonly channel: string | undefined;
  readonly userId: string | undefined;
}
