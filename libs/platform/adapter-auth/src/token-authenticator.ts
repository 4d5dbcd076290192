import { type IncomingHttpHeaders } from 'node:http';
import { type AuthenticationRules, Authenticator, type Caller, unauthenticated } from '@scorekeep/platform/util-http';
import { type KeySource } from './key-source.port';
import { type Claims, parseToken, verifyToken } from './signed-token';
import { names, timeProblem, userOf } from './token-claims';

const CALLER_HEADER = 'x-authenticated-user-token';
const MANAGED_HEADER = 'x-authenticated-for';

/** What a header must hold. */
interface TokenWanted extends AuthenticationRules {
  readonly header: string;
  readonly token: string;
}

/**
 * Callers prove who they are by an RS256 token in `x-authenticated-user-token`; those who act for a managed user, by
 * another in `x-authenticated-for`, whose `parentId` is the caller.
 */
export class TokenAuthenticator extends Authenticator {
  /** @param issuer what `iss` must be; managed users' tokens may be without */
  constructor(
    private readonly keys: KeySource,
    private readonly issuer: string,
    private readonly nowMs: () => number,
  ) {
    super();
  }

  get isOn(): boolean {
    return !this.keys.isEmpty;
  }

  async authenticate(headers: IncomingHttpHeaders, rules: AuthenticationRules): Promise<Caller> {
    const userId = await this.callerOf({ ...rules, header: CALLER_HEADER, token: textOf(headers[CALLER_HEADER]) });
    const token = textOf(headers[MANAGED_HEADER]);
    if (token === '') return { userId };
    return { userId, requestedFor: await this.managedUserOf({ ...rules, header: MANAGED_HEADER, token }, userId) };
  }

  private async callerOf(wanted: TokenWanted): Promise<string> {
    if (wanted.token === '') throw refused(wanted, 'is missing');
    const claims = await this.claimsOf(wanted);
    if (claims['iss'] !== this.issuer) throw refused(wanted, 'is of another issuer');
    return userIn(claims, wanted);
  }

  private async managedUserOf(wanted: TokenWanted, parentId: string): Promise<string> {
    const claims = await this.claimsOf(wanted);
    if ((claims['iss'] ?? this.issuer) !== this.issuer) throw refused(wanted, 'is of another issuer');
    if (!names(claims['parentId'], parentId)) throw refused(wanted, 'is of a user whom somebody else manages');
    return userIn(claims, wanted);
  }

  private async claimsOf(wanted: TokenWanted): Promise<Claims> {
    const token = parseToken(wanted.token);
    if ('problem' in token) throw refused(wanted, token.problem);
    let key = this.keys.get(token.kid);
    if (!key) {
      await this.keys.refresh();
      key = this.keys.get(token.kid);
    }
    if (!key) throw refused(wanted, 'is signed by a key that is not known');
    const claims = verifyToken(token, key);
    if (!claims) throw refused(wanted, 'has a signature that does not fit');
    const problem = timeProblem(claims, { acceptsExpired: wanted.acceptsExpired, nowS: this.nowMs() / 1000 });
    if (problem !== undefined) throw refused(wanted, problem);
    return claims;
  }
}

function userIn(claims: Claims, wanted: TokenWanted): string {
  const userId = userOf(claims);
  if (userId === undefined) throw refused(wanted, 'names no user (sub)');
  return userId;
}

function refused({ header }: Pick<TokenWanted, 'header'>, problem: string): Error {
  return unauthenticated(`${header} ${problem}`);
}

/** A header that was sent twice is no token: Node joins them by a comma. */
function textOf(value: string | string[] | undefined): string {
  return String(value ?? '').trim();
}
