import {
  compareCopies,
  type Manifest,
  objectKeysOf,
  type ReplacedManifest,
  sameVersion,
} from '@scorekeep/core/domain-archive';
import { type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { type ArchivedCopy } from './judge-key';

/** Tells which manifests hold nothing that a new one does not hold too, in the same or a greater version. */
export class ReplacedManifests {
  private readonly kept = new Set<string>();

  constructor(private readonly manifests: readonly Manifest[]) {}

  /** @param written what the new manifest holds of the key of all these copies; undefined: nothing */
  compare(copies: readonly ArchivedCopy[], written: WrittenAttempt | undefined): void {
    for (const { row, manifest } of copies) {
      if (!written || !covers(written, row)) this.kept.add(manifest.key);
    }
  }

  /** Call when every key was compared. What those replace that are replaced now is among them. */
  list(): ReplacedManifest[] {
    return this.manifests
      .filter(({ key }) => !this.kept.has(key))
      .flatMap((manifest) => [{ key: manifest.key, objects: objectKeysOf(manifest) }, ...(manifest.replaces ?? [])]);
  }
}

/** Later in the table, and greater or the same for a report: whoever reads the one misses nothing of the other. */
export function covers(written: WrittenAttempt, copy: WrittenAttempt): boolean {
  if (written.writeTimeUs < copy.writeTimeUs) return false;
  return compareCopies(written, copy) >= 0 || sameVersion(written, copy);
}
