/** A link by which whoever has it can fetch one object, and nothing else, until it expires. */
export interface SignedUrl {
  readonly kind: 'signed';
  readonly url: string;
  /** ms since epoch; earlier than asked for where the store limits how long a link may live. */
  readonly expiresAtMs: number;
}

/** The store has no links of its own: whoever offers its objects must serve them. */
export interface UnsupportedSignedUrl {
  readonly kind: 'unsupported';
}

/** Links to objects that are handed to people without credentials of the store. A link is a secret: never log it. */
export abstract class SignedUrls {
  /**
   * A link that downloads the object as a file of its key's last segment, from now for `ttlMs`. Whether the object is
   * there is not looked at.
   * @throws STORAGE.INVALID_KEY; STORAGE.REFUSED when the credentials cannot sign
   */
  abstract sign(key: string, ttlMs: number): Promise<SignedUrl | UnsupportedSignedUrl>;
}

/** For stores that have no links. */
export class NoSignedUrls extends SignedUrls {
  async sign(): Promise<UnsupportedSignedUrl> {
    return { kind: 'unsupported' };
  }
}
