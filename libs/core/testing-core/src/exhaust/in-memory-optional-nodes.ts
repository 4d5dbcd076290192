import { OptionalNodes } from '@scorekeep/core/domain-exhaust';

/** Optional contents that a test writes down. */
export class InMemoryOptionalNodes extends OptionalNodes {
  private readonly nodes = new Map<string, ReadonlySet<string>>();

  add(courseId: string, contentIds: Iterable<string>): void {
    this.nodes.set(courseId, new Set(contentIds));
  }

  override async optionalNodesOf(courseId: string): Promise<ReadonlySet<string>> {
    return this.nodes.get(courseId) ?? new Set();
  }
}
