import { Injectable } from '@nestjs/common';
import {
  ConsumptionRows,
  type ContentUpdate,
  mergeContent,
  type RowChange,
  type StoredContent,
} from '@scorekeep/core/domain-content-state';
import { type LearnerInBatch } from '@scorekeep/core/domain-scoring';
import { contended } from './content-state.errors';

/** In each round somebody made progress: so many writers of one learner's contents there are not. */
const MAX_ROUNDS = 20;

/** Merges what a learner's app says of contents with their rows. Two at once never undo each other. */
@Injectable()
export class MergeContents {
  constructor(private readonly rows: ConsumptionRows) {}

  /** What the rows would become now, in order of the updates. @throws CASSANDRA.* */
  async foresee(learner: LearnerInBatch, updates: readonly ContentUpdate[], nowMs: number): Promise<RowChange[]> {
    const contentIds = updates.map(({ contentId }) => contentId);
    const found = new Map((await this.rows.find(learner, contentIds)).map((row) => [row.contentId, row]));
    return updates.map((update) => {
      const row = found.get(update.contentId);
      return { found: row, merged: mergeContent(row, update, nowMs) };
    });
  }

  /**
   * Writes what was foreseen; where somebody was faster, what the same update makes of the row as it is then.
   *
   * @returns the rows as they were written, in order of the updates
   * @throws CONTENT_STATE.CONTENDED, CASSANDRA.*; safe to repeat
   */
  async write(
    learner: LearnerInBatch,
    updates: readonly ContentUpdate[],
    foreseen: readonly RowChange[],
    nowMs: number,
  ): Promise<StoredContent[]> {
    const written = new Map<string, StoredContent>();
    let changes = foreseen;
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const conflicting = new Set(await this.rows.replace(learner, changes));
      for (const change of changes) {
        if (!conflicting.has(change)) written.set(change.merged.contentId, change.merged);
      }
      if (conflicting.size === 0) return updates.flatMap(({ contentId }) => written.get(contentId) ?? []);
      const left = updates.filter(({ contentId }) => !written.has(contentId));
      changes = await this.foresee(learner, left, nowMs);
    }
    throw contended();
  }
}
