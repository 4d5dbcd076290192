import { migrationHeld, type UnitCounts } from '@scorekeep/migration/domain-migration';
import { InMemoryMigrationLedger } from '@scorekeep/migration/testing-migration';
import { AppError } from '@scorekeep/platform/util-errors';
import { RunUnits, type Stage, type Unit } from './run-units';

describe('RunUnits', () => {
  let ledger: InMemoryMigrationLedger;
  let worked: string[];
  let done: string[];
  let begun: string[][];
  let stop: AbortController;
  beforeEach(() => {
    ledger = new InMemoryMigrationLedger();
    worked = [];
    done = [];
    begun = [];
    stop = new AbortController();
  });

  const unit = (name: string, work: () => Promise<UnitCounts> = async () => ({ rows: 1 })): Unit => ({
    name,
    work: async () => {
      worked.push(name);
      return work();
    },
  });
  const stage = (...units: readonly Unit[]): Stage => ({ units, parallel: 2 });
  const run = (stages: readonly Stage[], owner = 'me') =>
    new RunUnits(
      ledger,
      {
        migration: 'm',
        owner,
        renewEveryMs: 60_000,
        signal: stop.signal,
        onBegun: (finished) => begun.push([...finished]),
        onDone: (name) => done.push(name),
      },
      async () => undefined,
    ).execute(stages);

  it('works on every unit, stage after stage, and sums what was counted', async () => {
    const result = await run([
      stage(unit('a'), unit('b'), unit('c')),
      stage(unit('d', async () => ({ rows: 2, kept: 5 }))),
    ]);
    expect(result).toEqual({ counts: { rows: 5, kept: 5 }, failed: [] });
    expect(worked).toEqual(['a', 'b', 'c', 'd']);
    expect(done.sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('goes on where a process died, without repeating or skipping', async () => {
    const units = ['a', 'b', 'c'].map((name) => unit(name));
    const { run: dead } = (await ledger.begin('m', 'dead')) as {
      run: { migration: string; owner: string; run: string };
    };
    await ledger.finish(dead, 'b', { rows: 7 });
    ledger.expire('m');
    expect(await run([stage(...units)])).toEqual({ counts: { rows: 9 }, failed: [] });
    expect(worked).toEqual(['a', 'c']);
    expect(begun).toEqual([['b']]);
    expect(done.sort()).toEqual(['a', 'b', 'c']);
  });

  it('begins anew after a complete run', async () => {
    await run([stage(unit('a'))]);
    await run([stage(unit('a'))]);
    expect(worked).toEqual(['a', 'a']);
  });

  it('tries again what may pass', async () => {
    let failures = 2;
    const flaky = unit('a', async () => {
      failures -= 1;
      if (failures >= 0) throw new AppError('X', 'away', { retryable: true });
      return { rows: 1 };
    });
    expect(await run([stage(flaky)])).toEqual({ counts: { rows: 1 }, failed: [] });
  });

  it.each([
    ['does not pass', new AppError('X', 'broken object'), 1],
    ['does not pass for long', new AppError('X', 'broken object', { retryable: true }), 4],
  ])('a unit that %s stops no other, and is the only one of the next run', async (_, error, tries) => {
    const broken = unit('a', async () => Promise.reject(error));
    const result = await run([stage(broken, unit('b'))]);
    expect(result).toEqual({ counts: { rows: 1 }, failed: [{ unit: 'a', error: 'broken object' }] });
    expect(worked.filter((name) => name === 'a')).toHaveLength(tries);
    worked = [];
    await run([stage(unit('a'), unit('b'))]);
    expect(worked).toEqual(['a']);
  });

  it('leaves another process alone', async () => {
    await ledger.begin('m', 'other');
    await expect(run([stage(unit('a'))])).rejects.toEqual(migrationHeld('m', 'other'));
    expect(worked).toEqual([]);
  });

  it('stops when it is told to, and gives the lease back', async () => {
    const reason = new Error('Ctrl-C');
    const interrupted = unit('a', async () => {
      stop.abort(reason);
      return { rows: 1 };
    });
    await expect(run([{ units: [interrupted, unit('b')], parallel: 1 }])).rejects.toBe(reason);
    expect(worked).toEqual(['a']);
    expect(await run([stage(unit('b'))], 'another').catch((error: unknown) => error)).toBe(reason);
  });

  it('stops when it has lost its lease', async () => {
    const losing = unit('a', async () => {
      ledger.expire('m');
      await ledger.begin('m', 'other');
      return { rows: 1 };
    });
    await expect(run([{ units: [losing, unit('b')], parallel: 1 }])).rejects.toMatchObject({
      code: 'MIGRATION.LEASE_LOST',
    });
    expect(worked).toEqual(['a']);
  });
});
