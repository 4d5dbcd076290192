import { Injectable } from '@nestjs/common';
import { LearnerScan, MigrationLedger } from '@scorekeep/migration/domain-migration';
import { shortDigest } from '@scorekeep/platform/util-digest';
import { Pace } from '@scorekeep/platform/util-pace';
import { DataOptions } from '../data-options';
import { EphemeralLedger } from '../runs/ephemeral-ledger';
import { type FailedUnit, RunUnits, type Stage } from '../runs/run-units';
import { ArchiveFolders } from './archive-folders';
import { ArchiveUnits } from './archive-units';
import { RowUnits } from './row-units';
import { ScoreFindings } from './score-findings';
import { ScoreSources } from './score-sources';
import { ScoreWork } from './score-work';
import { ScoredUnits } from './scored-units';

const FOLDERS_AT_ONCE = 2;

export interface ScoresRequest {
  /** All when undefined. */
  readonly batches?: ReadonlySet<string>;
  /** Compares, and changes nothing. */
  readonly dry: boolean;
  /** Where rejects, conflicts and differences are listed. */
  readonly findingsFolder: string;
  readonly ranges: number;
  /** Ranges at a time. */
  readonly parallel: number;
  /** Most learners a second. */
  readonly rate?: number;
  readonly signal: AbortSignal;
  /** Told how many parts there are, before the first. */
  readonly onStart: (parts: number) => void;
  readonly onPart: () => void;
}

export interface ScoresReport {
  readonly learners: number;
  readonly attempts: {
    readonly rows: number;
    readonly scorekeepObjects: number;
    readonly referenceObjects: number;
    readonly aggDetails: number;
    /** In `attempts` now, placeholders not counted. */
    readonly kept: number;
    readonly placeholders: number;
  };
  /** Of a dry run: learners that would be changed. */
  readonly changed: number;
  readonly unchanged: number;
  readonly conflicts: number;
  readonly rejects: number;
  readonly failed: readonly FailedUnit[];
}

/**
 * Fills `attempts` and `aggregates` of all learners, from archived objects, live rows and the reference's list. Repeated
 * it changes nothing; killed, it goes on where it stopped.
 */
@Injectable()
export class MigrateScores {
  constructor(
    private readonly sources: ScoreSources,
    private readonly scan: LearnerScan,
    private readonly folders: ArchiveFolders,
    private readonly ledger: MigrationLedger,
    private readonly options: DataOptions,
  ) {}

  /** @throws MIGRATION.HELD, MIGRATION.LEASE_LOST, the signal's reason, CASSANDRA.*, STORAGE.* */
  async execute(request: ScoresRequest): Promise<ScoresReport> {
    const { dry, findingsFolder, rate, signal, onStart, onPart } = request;
    const findings = new ScoreFindings(findingsFolder);
    const pace = new Pace(rate, () => performance.now());
    const work = new ScoreWork({ sources: this.sources.of(dry), findings, pace, dry });
    const stages = await this.stages(work, request);
    onStart(stages.reduce((sum, { units }) => sum + units.length, 0));
    const run = new RunUnits(dry ? new EphemeralLedger() : this.ledger, {
      migration: migrationName(request.batches),
      owner: this.options.owner,
      renewEveryMs: this.options.renewEveryMs,
      signal,
      onBegun: (finished) => findings.begin(finished),
      onDone: onPart,
    });
    const { counts, failed } = await run.execute(stages);
    return reportOf(counts, failed);
  }

  /** The archive first, so that a learner is written once and placeholders are the exception; the last look comes last. */
  private async stages(work: ScoreWork, { batches, ranges, parallel }: ScoresRequest): Promise<Stage[]> {
    const timeZone = this.options.aggDetailsTimeZone;
    return [
      { units: await new ArchiveUnits(this.folders, work, batches).list(), parallel: FOLDERS_AT_ONCE },
      { units: new RowUnits(this.scan, work, batches).list(ranges), parallel },
      { units: new ScoredUnits(this.scan, work, { batches, timeZone }).list(ranges), parallel },
    ];
  }
}

/** Each choice of batches is a migration of its own, which goes on by itself. */
function migrationName(batches: ReadonlySet<string> | undefined): string {
  return batches ? `scores ${shortDigest(JSON.stringify([...batches].sort()))}` : 'scores';
}

function reportOf(counts: Readonly<Record<string, number>>, failed: readonly FailedUnit[]): ScoresReport {
  const count = (name: string): number => counts[name] ?? 0;
  const [learners, changed] = [count('learners'), count('changed')];
  return {
    learners,
    attempts: {
      rows: count('rows'),
      scorekeepObjects: count('scorekeepObjects'),
      referenceObjects: count('referenceObjects'),
      aggDetails: count('aggDetails'),
      kept: count('attempts') - count('placeholders'),
      placeholders: count('placeholders'),
    },
    changed,
    unchanged: Math.max(0, learners - changed),
    conflicts: count('conflicts'),
    rejects: count('rejects'),
    failed,
  };
}
