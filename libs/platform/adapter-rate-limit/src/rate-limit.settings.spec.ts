import { loadSettings } from '@scorekeep/platform/util-config';
import { RateLimitSettings } from './rate-limit.settings';

const load = (environment: Record<string, string>) =>
  loadSettings([RateLimitSettings], environment).get(RateLimitSettings);

describe('RateLimitSettings', () => {
  it.each(['1s', '1000ms', '15m', '60s'])('take a window of %s', (window) => {
    expect(load({ RATE_LIMIT_WINDOW: window }).RATE_LIMIT_WINDOW).toBe(window);
  });

  it.each(['0', '0s', '999ms', '1ms', 'soon'])('refuse a window of %s', (window) => {
    expect(() => load({ RATE_LIMIT_WINDOW: window })).toThrow(/RATE_LIMIT_WINDOW must/);
  });
});
