import { Injectable } from '@nestjs/common';
import {
  AttemptRows,
  type AttemptScore,
  type LearnerInBatch,
  learnerKey,
  type LearnerScores,
  ScoreBook,
} from '@scorekeep/core/domain-scoring';

interface Neighbour {
  readonly learner: LearnerInBatch;
  readonly entry: AttemptScore;
}

const MOST_NEIGHBOURS = 8;

/**
 * Tells whether the servers do for another learner what a record needs: a record that keeps failing while this succeeds is
 * itself at fault. Without it a record that fails alone, with nothing left beside it, could not be told from an outage.
 */
@Injectable()
export class ProbeNeighbour {
  private readonly neighbours = new Map<string, Neighbour>();

  constructor(
    private readonly book: ScoreBook,
    private readonly rows: AttemptRows,
  ) {}

  /** A learner whose records were just handled. */
  remember(learner: LearnerInBatch, { attempts }: LearnerScores): void {
    const entry = realEntryOf(attempts.values());
    if (!entry) return;
    const key = learnerKey(learner);
    this.neighbours.delete(key);
    this.neighbours.set(key, { learner, entry });
    for (const oldest of this.neighbours.keys()) {
      if (this.neighbours.size <= MOST_NEIGHBOURS) return;
      this.neighbours.delete(oldest);
    }
  }

  /**
   * Reads a neighbour's rows and scores and writes one of their entries again, as it is stored.
   *
   * @param failing keys of the learners who fail: they are no neighbours
   * @returns false when something failed, or nobody is known
   */
  async execute(failing: ReadonlySet<string>): Promise<boolean> {
    const neighbour = [...this.neighbours].reverse().find(([key]) => !failing.has(key))?.[1];
    if (!neighbour) return false;
    const { learner, entry } = neighbour;
    try {
      const [{ attempts }] = await Promise.all([this.book.read(learner), this.rows.find(learner, [entry])]);
      const stored = realEntryOf(attempts.values());
      if (stored) await this.book.write(learner, { entries: [stored] });
      return stored !== undefined;
    } catch {
      // Whatever it was: there is no proof that the servers work.
      return false;
    }
  }
}

function realEntryOf(entries: Iterable<AttemptScore>): AttemptScore | undefined {
  for (const entry of entries) if (!entry.placeholder) return entry;
  return undefined;
}
