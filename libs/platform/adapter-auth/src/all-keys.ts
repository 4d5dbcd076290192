import { type KeyObject } from 'node:crypto';
import { KeySource } from './key-source.port';

/** Several sources as one; of keys with the same `kid` the first source's counts. */
export class AllKeys extends KeySource {
  constructor(private readonly sources: readonly KeySource[]) {
    super();
  }

  get isEmpty(): boolean {
    return this.sources.every((source) => source.isEmpty);
  }

  get(kid: string): KeyObject | undefined {
    for (const source of this.sources) {
      const key = source.get(kid);
      if (key) return key;
    }
    return undefined;
  }

  async refresh(): Promise<void> {
    await Promise.all(this.sources.map((source) => source.refresh()));
  }

  close(): void {
    for (const source of this.sources) source.close();
  }
}
