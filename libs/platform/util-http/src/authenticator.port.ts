import { type IncomingHttpHeaders } from 'node:http';
import { type Caller } from './caller';

export interface AuthenticationRules {
  /** A token past its expiry is as good as another. */
  readonly acceptsExpired: boolean;
}

/** Tells who calls by the request's headers. The HTTP adapter asks it before the body is read; handlers never do. */
export abstract class Authenticator {
  /** False while nothing is there to check tokens with. */
  abstract readonly isOn: boolean;
  /** @throws HTTP.UNAUTHENTICATED when nobody, or nobody that can be believed, is named */
  abstract authenticate(headers: IncomingHttpHeaders, rules: AuthenticationRules): Promise<Caller>;
}
