import { checksumOf } from '../schema-history';
import { schemaVersions } from './schema-versions';

/** Of released versions, which must never change: a changed one is refused wherever it was applied. */
const RELEASED: Readonly<Record<number, string>> = {
  1: '4f47facb155e832a2c5afc0394fa9d46',
  2: 'a04829ba2303cfdfaba04862b2f8da30',
};

it('versions are numbered without gaps', () => {
  expect(schemaVersions.map(({ version }) => version)).toEqual(schemaVersions.map((_, index) => index + 1));
});

it.each(Object.entries(RELEASED))('version %s is as it was released', (version, checksum) => {
  const released = schemaVersions.find((each) => each.version === Number(version));
  expect(released && checksumOf(released)).toBe(checksum);
});
