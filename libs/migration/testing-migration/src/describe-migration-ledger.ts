import { type LedgerRun, type MigrationLedger } from '@scorekeep/migration/domain-migration';

export interface MigrationLedgerFixture {
  readonly ledger: MigrationLedger;
  /** Resolves when the lease of a dead holder has run out. */
  readonly expire: (migration: string) => Promise<void>;
}

let counter = 0;
const someMigration = (): string => {
  counter += 1;
  return `migration ${counter}`;
};

/** What every `MigrationLedger` promises. */
export function describeMigrationLedger(name: string, create: () => MigrationLedgerFixture): void {
  describe(`${name} as a MigrationLedger`, () => {
    const begin = async (ledger: MigrationLedger, migration: string, owner: string) => {
      const begun = await ledger.begin(migration, owner);
      if (begun.kind === 'held') throw new Error(`held by ${begun.by}`);
      return begun;
    };

    it('begins without units, and goes on with those that were done', async () => {
      const { ledger } = create();
      const migration = someMigration();
      const first = await begin(ledger, migration, 'a');
      expect(first.finished.size).toBe(0);
      await ledger.finish(first.run, 'rows:0/2', { rows: 3, changed: 1 });
      await ledger.end(first.run, false);
      const second = await begin(ledger, migration, 'b');
      expect(second.run.run).toBe(first.run.run);
      expect(second.finished).toEqual(new Map([['rows:0/2', { rows: 3, changed: 1 }]]));
    });

    it('begins anew after a run that was complete', async () => {
      const { ledger } = create();
      const migration = someMigration();
      const first = await begin(ledger, migration, 'a');
      await ledger.finish(first.run, 'unit', { rows: 1 });
      await ledger.end(first.run, true);
      const second = await begin(ledger, migration, 'a');
      expect(second.run.run).not.toBe(first.run.run);
      expect(second.finished.size).toBe(0);
    });

    it('is held by one at a time', async () => {
      const { ledger } = create();
      const migration = someMigration();
      const { run } = await begin(ledger, migration, 'a');
      expect(await ledger.begin(migration, 'b')).toEqual({ kind: 'held', by: 'a' });
      await ledger.renew(run);
      await ledger.end(run, false);
      await begin(ledger, migration, 'b');
    });

    it('keeps migrations apart', async () => {
      const { ledger } = create();
      const [left, right] = [someMigration(), someMigration()];
      const { run } = await begin(ledger, left, 'a');
      await ledger.finish(run, 'unit', {});
      expect((await begin(ledger, right, 'b')).finished.size).toBe(0);
    });

    it('takes over from the dead, who can record nothing more', async () => {
      const { ledger, expire } = create();
      const migration = someMigration();
      const dead = await begin(ledger, migration, 'a');
      await ledger.finish(dead.run, 'done', {});
      await expire(migration);
      const next = await begin(ledger, migration, 'b');
      expect([...next.finished.keys()]).toEqual(['done']);
      const asDead = async (work: (run: LedgerRun) => Promise<void>): Promise<void> =>
        expect(work(dead.run)).rejects.toMatchObject({ code: 'MIGRATION.LEASE_LOST' });
      await asDead((run) => ledger.renew(run));
      await asDead((run) => ledger.finish(run, 'late', {}));
      await asDead((run) => ledger.end(run, true));
      await ledger.end(next.run, false);
      expect([...(await begin(ledger, migration, 'c')).finished.keys()]).toEqual(['done']);
    });
  });
}
