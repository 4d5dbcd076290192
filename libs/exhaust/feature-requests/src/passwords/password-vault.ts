import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, scryptSync } from 'node:crypto';
import { type RequestKey, type SealedPassword } from '@scorekeep/core/domain-exhaust';
import { encryptionOff, passwordUnreadable } from '../requests.errors';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** Keeps passwords of reports while their request is open: encrypted, and bound to it. They are in no log and no error. */
export class PasswordVault {
  private readonly boxKey: Buffer | undefined;
  private readonly digestKey: Buffer | undefined;

  /** @param secret EXHAUST_KEY_SECRET; without one the vault takes nothing */
  constructor(secret: string | undefined) {
    if (secret === undefined) return;
    const master = scryptSync(secret, 'scorekeep exhaust', KEY_BYTES);
    this.boxKey = derived(master, 'box');
    this.digestKey = derived(master, 'digest');
  }

  /** @throws EXHAUST.ENCRYPTION_OFF */
  seal(key: RequestKey, password: string): SealedPassword {
    if (!this.boxKey || !this.digestKey) throw encryptionOff();
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.boxKey, nonce).setAAD(nameOf(key));
    const sealed = Buffer.concat([cipher.update(password, 'utf8'), cipher.final()]);
    const box = Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
    const digest = createHmac('sha256', this.digestKey).update(nameOf(key)).update('\n').update(password);
    return { box, digest: digest.digest('base64') };
  }

  /** @throws EXHAUST.PASSWORD_UNREADABLE */
  open(key: RequestKey, { box }: SealedPassword): string {
    if (!this.boxKey) throw passwordUnreadable();
    const bytes = Buffer.from(box, 'base64');
    const nonce = bytes.subarray(0, NONCE_BYTES);
    const tag = bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
    try {
      const decipher = createDecipheriv(CIPHER, this.boxKey, nonce).setAAD(nameOf(key)).setAuthTag(tag);
      const opened = [decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()];
      return Buffer.concat(opened).toString('utf8');
    } catch (error) {
      throw passwordUnreadable(error);
    }
  }
}

function derived(master: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, '', purpose, KEY_BYTES));
}

/** A sealed password is of no use in another request. */
function nameOf({ tag, requestId }: RequestKey): Buffer {
  return Buffer.from(JSON.stringify([tag, requestId]));
}
