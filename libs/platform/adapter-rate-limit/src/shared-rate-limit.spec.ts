import { type RateLimiterAbstract, RateLimiterMemory } from 'rate-limiter-flexible';
import { SharedRateLimit } from './shared-rate-limit';

/** Fails, or never answers in time, while it is away. */
class FallibleLimiter {
  isAway = false;
  asked = 0;
  private readonly limiter = new RateLimiterMemory({ points: 2, duration: 60 });

  consume(userId: string): Promise<unknown> {
    this.asked += 1;
    return this.isAway ? Promise.reject(new Error('Command timed out')) : this.limiter.consume(userId);
  }
}

function setUp() {
  const shared = new FallibleLimiter();
  const changes: boolean[] = [];
  const clock = { nowMs: 0 };
  const limit = new SharedRateLimit({
    shared: shared as unknown as RateLimiterAbstract,
    local: new RateLimiterMemory({ points: 1, duration: 60 }),
    onChange: (isShared) => changes.push(isShared),
    nowMs: () => clock.nowMs,
  });
  return { shared, limit, changes, clock };
}

describe('SharedRateLimit', () => {
  it('says when to call again', async () => {
    const { limit } = setUp();
    expect([await limit.take('u'), await limit.take('u')]).toEqual([undefined, undefined]);
    expect(await limit.take('u')).toBeGreaterThan(59_000);
  });

  it('counts alone after a failure, asks again after a second, and tells of both once', async () => {
    const { shared, limit, changes, clock } = setUp();
    shared.isAway = true;
    expect(await limit.take('u')).toBeUndefined();
    expect(await limit.take('u')).toBeGreaterThan(0);
    expect({ asked: shared.asked, changes, isShared: limit.isShared }).toEqual({
      asked: 1,
      changes: [false],
      isShared: false,
    });
    clock.nowMs = 1_000;
    await limit.take('u');
    shared.isAway = false;
    clock.nowMs = 2_000;
    expect(await limit.take('u')).toBeUndefined();
    expect({ asked: shared.asked, changes, isShared: limit.isShared }).toEqual({
      asked: 3,
      changes: [false, true],
      isShared: true,
    });
  });
});
