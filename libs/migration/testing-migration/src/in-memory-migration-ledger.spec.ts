import { describeMigrationLedger } from './describe-migration-ledger';
import { InMemoryMigrationLedger } from './in-memory-migration-ledger';

describeMigrationLedger('InMemoryMigrationLedger', () => {
  const ledger = new InMemoryMigrationLedger();
  return { ledger, expire: async (migration) => ledger.expire(migration) };
});
