import { loadSettings, withDefaults } from '@scorekeep/platform/util-config';
import { HttpSettings } from './http.settings';

const load = (environment: Record<string, string>) =>
  loadSettings([withDefaults(HttpSettings, { HTTP_PORT: 3002 })], environment).get(HttpSettings);

describe('HttpSettings', () => {
  it('takes the port that the app gives, and has no private port', () => {
    expect({ ...load({}) }).toEqual({ HTTP_HOST: '127.0.0.1', HTTP_PORT: 3002 });
    expect(load({ HTTP_PORT: '0', HTTP_PRIVATE_PORT: '9' })).toMatchObject({ HTTP_PORT: 0, HTTP_PRIVATE_PORT: 9 });
  });

  it.each([{ HTTP_PORT: '65536' }, { HTTP_PRIVATE_PORT: '-1' }, { HTTP_PORT: '1.5' }])('refuses %j', (environment) => {
    expect(() => load(environment)).toThrow(/bad settings:\n {2}HTTP_(PRIVATE_)?PORT must/);
  });
});
