import { type CourseBatch, Enrolments } from '@scorekeep/core/domain-exhaust';
import { learnerKey } from '@scorekeep/core/domain-scoring';

/** Enrolments that a test writes down. */
export class InMemoryEnrolments extends Enrolments {
  private readonly active = new Map<string, boolean>();

  enrol(batch: CourseBatch, userId: string, active = true): void {
    this.active.set(learnerKey({ ...batch, userId }), active);
  }

  override async activeAmong(batch: CourseBatch, userIds: Iterable<string>): Promise<ReadonlySet<string>> {
    return new Set([...userIds].filter((userId) => this.active.get(learnerKey({ ...batch, userId }))));
  }
}
