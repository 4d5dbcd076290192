import { Readiness, ReadinessCheck } from './readiness';

class Check extends ReadinessCheck {
  readonly name = 'kafka';

  constructor(override readonly check: () => Promise<void>) {
    super();
  }
}

describe('Readiness', () => {
  it('counts a check as down that takes longer than two seconds, and tells why', async () => {
    jest.useFakeTimers();
    const reasons: string[] = [];
    const readiness = new Readiness([new Check(() => new Promise(() => undefined))], (name, reason) =>
      reasons.push(`${name}: ${reason}`),
    );
    const report = readiness.report();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(await report).toEqual({ status: 'down', checks: { kafka: 'down' } });
    expect(reasons).toEqual(['kafka: no answer in 2000 ms']);
    jest.useRealTimers();
  });

  it('is not ready once it stops, whatever the checks say', async () => {
    const readiness = new Readiness([new Check(async () => undefined)]);
    expect(await readiness.report()).toEqual({ status: 'ready', checks: { kafka: 'up' } });
    readiness.stop();
    expect(await readiness.report()).toEqual({ status: 'stopping', checks: { kafka: 'up' } });
  });
});
