import { PasswordVault } from './password-vault';

const vault = new PasswordVault('a secret of the tests');
const key = { tag: 'do_course_batch-1:channel-1', requestId: 'A1' };
const password = 'correct horse battery';

describe('PasswordVault', () => {
  it('gives back what it keeps, and shows nothing of it', () => {
    const sealed = vault.seal(key, password);
    expect(vault.open(key, sealed)).toBe(password);
    expect(new PasswordVault('a secret of the tests').open(key, sealed)).toBe(password);
    expect(JSON.stringify(sealed)).not.toContain(password);
    expect(JSON.stringify(sealed)).not.toContain(Buffer.from(password).toString('base64').slice(0, 12));
  });

  it('tells the same password by its digest alone, for one request', () => {
    const [one, two] = [vault.seal(key, password), vault.seal(key, password)];
    expect(one.box).not.toBe(two.box);
    expect(one.digest).toBe(two.digest);
    expect(vault.seal(key, `${password}!`).digest).not.toBe(one.digest);
    expect(vault.seal({ ...key, requestId: 'A2' }, password).digest).not.toBe(one.digest);
    expect(new PasswordVault('another secret').seal(key, password).digest).not.toBe(one.digest);
  });

  it.each([
    { why: 'it is of another request', open: () => vault.open({ ...key, requestId: 'A2' }, vault.seal(key, password)) },
    {
      why: 'the secret has changed',
      open: () => new PasswordVault('another secret').open(key, vault.seal(key, password)),
    },
    {
      why: 'there is no secret any more',
      open: () => new PasswordVault(undefined).open(key, vault.seal(key, password)),
    },
    { why: 'it was altered', open: () => vault.open(key, { ...vault.seal(key, password), box: 'AAAA'.repeat(12) }) },
  ])('does not open it when $why', ({ open }) => {
    expect(open).toThrow(expect.objectContaining({ code: 'EXHAUST.PASSWORD_UNREADABLE' }) as Error);
  });

  it('takes nothing without a secret', () => {
    const seal = () => new PasswordVault(undefined).seal(key, password);
    expect(seal).toThrow(expect.objectContaining({ code: 'EXHAUST.ENCRYPTION_OFF' }) as Error);
  });
});
