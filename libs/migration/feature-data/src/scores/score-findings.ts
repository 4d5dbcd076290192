import { join } from 'node:path';
import { type LearnerInBatch, type ScoreConflict } from '@scorekeep/core/domain-scoring';
import { type Finding, FindingsFile } from '../runs/findings-file';

const KINDS = ['rejects', 'conflicts', 'differences'] as const;
type Kind = (typeof KINDS)[number];

/** What one unit of work found, until it is done. */
export class UnitFindings {
  readonly found: Record<Kind, Finding[]> = { rejects: [], conflicts: [], differences: [] };

  /** Malformed data, by its key; never its content. */
  reject(source: string, key: Finding, why: string): void {
    this.found.rejects.push({ source, ...key, why });
  }

  conflict(learner: LearnerInBatch, source: string, conflicts: readonly ScoreConflict[]): void {
    this.found.conflicts.push(...conflicts.map((conflict) => ({ ...keyOf(learner), source, ...conflict })));
  }

  difference(learner: LearnerInBatch): void {
    this.found.differences.push(keyOf(learner));
  }

  get counts() {
    const { rejects, conflicts } = this.found;
    return { rejects: rejects.length, conflicts: conflicts.length };
  }
}

/** The files of a run, in one folder: `rejects.jsonl`, `conflicts.jsonl`, `differences.jsonl`. */
export class ScoreFindings {
  private readonly files: Readonly<Record<Kind, FindingsFile>>;

  constructor(folder: string) {
    const file = (kind: Kind): FindingsFile => new FindingsFile(join(folder, `${kind}.jsonl`));
    this.files = { rejects: file('rejects'), conflicts: file('conflicts'), differences: file('differences') };
  }

  begin(finished: ReadonlySet<string>): void {
    for (const kind of KINDS) this.files[kind].begin(finished);
  }

  append(unit: string, { found }: UnitFindings): void {
    for (const kind of KINDS) this.files[kind].append(unit, found[kind]);
  }
}

function keyOf({ userId, courseId, batchId }: LearnerInBatch): Finding {
  return { userId, courseId, batchId };
}
