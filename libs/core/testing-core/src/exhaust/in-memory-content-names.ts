import { ContentNames } from '@scorekeep/core/domain-exhaust';

/** Names that a test writes down. */
export class InMemoryContentNames extends ContentNames {
  /** Ids of each question that was asked. */
  readonly questions: string[][] = [];
  private readonly names = new Map<string, string>();

  add(id: string, name: string): void {
    this.names.set(id, name);
  }

  override async namesOf(ids: Iterable<string>): Promise<ReadonlyMap<string, string>> {
    const asked = [...new Set(ids)];
    this.questions.push(asked);
    const found = new Map<string, string>();
    for (const id of asked) {
      const name = this.names.get(id);
      if (name !== undefined) found.set(id, name);
    }
    return found;
  }
}
