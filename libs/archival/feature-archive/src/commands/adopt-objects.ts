import { Injectable } from '@nestjs/common';
import { Output } from '@scorekeep/platform/util-cli';
import { messageOf } from '@scorekeep/platform/util-errors';
import { Logger } from '@scorekeep/platform/util-logging';
import { AdoptObject, type AdoptOutcome } from '../adopt-object.use-case';
import { ForeignObjects } from '../foreign-objects';
import { type BatchSelection, isSelected } from '../selection/batch-selection';
import { WeekRuns } from './week-runs';

/** An object of the reference, and what became of it. */
export interface AdoptedObject {
  readonly key: string;
  readonly outcome: Exclude<AdoptOutcome, { readonly kind: 'unwanted' }>;
}

/** Looks for objects of the reference and adopts them, one after the other; for `adopt` and for `restore`. */
@Injectable()
export class AdoptObjects {
  constructor(
    private readonly foreignObjects: ForeignObjects,
    private readonly adoptObject: AdoptObject,
    private readonly runs: WeekRuns,
    private readonly output: Output,
    private readonly logger: Logger,
  ) {}

  /** @returns in order of keys @throws ARCHIVE.UNREADABLE_MANIFEST, STORAGE.*, CASSANDRA.*, the interruption's reason */
  async execute(
    batches: readonly BatchSelection[] | undefined,
    request: string,
    dryRun: boolean,
  ): Promise<AdoptedObject[]> {
    const keys = await this.foreignObjects.find(batches);
    const progress = this.output.progress('objects read', keys.length);
    const adopted: AdoptedObject[] = [];
    for (const key of keys) {
      this.runs.signal.throwIfAborted();
      const outcome = await this.adoptObject.execute(key, {
        ...{ request, dryRun },
        isWanted: (batchWeek) => isSelected(batchWeek, batches),
      });
      progress.advance();
      if (outcome.kind === 'failed') this.logger.error(messageOf(outcome.error), { error: outcome.error });
      if (outcome.kind !== 'unwanted') adopted.push({ key, outcome });
    }
    this.output.endProgress();
    return adopted;
  }
}
