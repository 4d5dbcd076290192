import { AuthSettings } from '@scorekeep/platform/adapter-auth';
import { RateLimitSettings } from '@scorekeep/platform/adapter-rate-limit';
import { type Environment, loadSettings } from '@scorekeep/platform/util-config';
import { createLogger } from '@scorekeep/platform/util-logging';
import { MetricsRegistry } from '@scorekeep/platform/util-metrics';
import { openCallers } from './open-callers';

async function opened(environment: Environment) {
  const settings = loadSettings([AuthSettings, RateLimitSettings], { AUTH_MODE: 'header', ...environment });
  const metrics = new MetricsRegistry();
  const logger = createLogger({ name: 'tested', level: 'info', destination: { write: () => undefined } });
  const callers = await openCallers('tested', { settings, logger, metrics });
  return { callers, exposed: () => metrics.render() };
}

describe('openCallers', () => {
  it('asks who calls, and has no limit when none is set', async () => {
    const { callers, exposed } = await opened({ RATE_LIMIT_REQUESTS: '0' });
    const caller = callers.options.authenticator?.authenticate(
      { 'x-authenticated-userid': 'learner-1' },
      { acceptsExpired: false },
    );
    expect(await caller).toMatchObject({ userId: 'learner-1' });
    expect(callers.options).not.toHaveProperty('rateLimit');
    expect(await exposed()).toMatch(/^rate_limit_shared 0$/m);
    callers.close();
  });

  it('without Redis counts calls alone, and says so', async () => {
    const { callers, exposed } = await opened({ RATE_LIMIT_REQUESTS: '1' });
    expect(callers.options.rateLimit).toBeDefined();
    expect(await exposed()).toMatch(/^rate_limit_shared 0$/m);
    callers.close();
  });
});
