import { planVersion, type SchemaTarget } from './plan-version';
import { conflict } from './schema.errors';
import { type AppliedVersion, requireKnown } from './schema-history';
import { type VersionChange } from './schema-report';
import { type SchemaSnapshot } from './schema-snapshot';
import { type SchemaVersion } from './schema-version';

export interface PlannedChange extends VersionChange {
  /** The version, where it is to be recorded as applied; undefined where it is recorded already. */
  readonly toRecord: SchemaVersion | undefined;
}

export interface SchemaPlan {
  readonly changes: readonly PlannedChange[];
  readonly notes: readonly string[];
}

/**
 * What is missing of all versions: everything of those that were not applied, and indexes of those that were.
 *
 * @throws SCHEMA.CHANGED, SCHEMA.NEWER, SCHEMA.CONFLICT (all conflicts of the first version that has any)
 */
export function planSchema(
  versions: readonly SchemaVersion[],
  applied: readonly AppliedVersion[],
  snapshot: SchemaSnapshot,
  target: SchemaTarget,
): SchemaPlan {
  requireKnown(versions, applied);
  const changes: PlannedChange[] = [];
  const notes: string[] = [];
  let current = snapshot;
  for (const version of versions) {
    const isApplied = applied.some((each) => each.version === version.version);
    const plan = planVersion(isApplied ? onlyIndexes(version) : version, current, target);
    if (plan.conflicts.length > 0) throw conflict(plan.conflicts);
    current = plan.after;
    notes.push(...plan.notes);
    if (isApplied && plan.statements.length === 0) continue;
    const toRecord = isApplied ? undefined : version;
    changes.push({ version: version.version, name: version.name, statements: plan.statements, toRecord });
  }
  return { changes, notes };
}

function onlyIndexes(version: SchemaVersion): SchemaVersion {
  return { ...version, steps: version.steps.filter(({ kind }) => kind === 'index') };
}
