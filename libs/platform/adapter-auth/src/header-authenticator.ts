import { type IncomingHttpHeaders } from 'node:http';
import { Authenticator, type Caller, unauthenticated } from '@scorekeep/platform/util-http';

const CALLER_HEADER = 'x-authenticated-userid';
const MANAGED_HEADER = 'x-authenticated-for';
const USER_ID = /^[\x21-\x7e]{1,256}$/;

/** Believes whoever calls, for development: both headers hold plain user ids. */
export class HeaderAuthenticator extends Authenticator {
  readonly isOn = true;

  async authenticate(headers: IncomingHttpHeaders): Promise<Caller> {
    const userId = idIn(headers, CALLER_HEADER);
    if (userId === undefined) throw unauthenticated(`${CALLER_HEADER} is missing`);
    const requestedFor = idIn(headers, MANAGED_HEADER);
    return requestedFor === undefined ? { userId } : { userId, requestedFor };
  }
}

function idIn(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string' || !USER_ID.test(value)) throw unauthenticated(`${name} is no user id`);
  return value;
}
