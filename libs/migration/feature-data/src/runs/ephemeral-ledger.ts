import { type BegunRun, MigrationLedger } from '@scorekeep/migration/domain-migration';

/** Remembers nothing: for runs that change nothing, which begin anew each time and disturb nobody. */
export class EphemeralLedger extends MigrationLedger {
  override async begin(migration: string, owner: string): Promise<BegunRun> {
    return { kind: 'begun', run: { migration, owner, run: owner }, finished: new Map() };
  }

  override async renew(): Promise<void> {
    return undefined;
  }

  override async finish(): Promise<void> {
    return undefined;
  }

  override async end(): Promise<void> {
    return undefined;
  }
}
