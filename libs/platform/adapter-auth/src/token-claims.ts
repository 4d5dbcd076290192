import { type Claims } from './signed-token';

/** How far the issuer's clock may be ahead of ours. */
const CLOCK_TOLERANCE_S = 10;

export interface ClaimRules {
  readonly acceptsExpired: boolean;
  /** Now, seconds since epoch. */
  readonly nowS: number;
}

/** @returns undefined when the token holds at this time, else why it does not; a token without an end is refused */
export function timeProblem({ exp, nbf, iat }: Claims, { acceptsExpired, nowS }: ClaimRules): string | undefined {
  if (!acceptsExpired && !isTime(exp)) return 'has no expiry (exp)';
  if (!acceptsExpired && isTime(exp) && exp <= nowS) return 'has expired';
  for (const begin of [nbf, iat]) {
    if (begin === undefined) continue;
    if (!isTime(begin)) return 'is malformed';
    if (begin > nowS + CLOCK_TOLERANCE_S) return 'is not valid yet';
  }
  return undefined;
}

/** The user's id: what follows the last `:` of `sub` (`f:<realm>:<id>`); undefined when nothing does. */
export function userOf({ sub }: Claims): string | undefined {
  return idIn(sub);
}

/** Whether the claim names the user, plainly or as `sub` does. */
export function names(claim: unknown, userId: string): boolean {
  return idIn(claim) === userId;
}

function idIn(claim: unknown): string | undefined {
  return typeof claim === 'string' ? claim.slice(claim.lastIndexOf(':') + 1) || undefined : undefined;
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
