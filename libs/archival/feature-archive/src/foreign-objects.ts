import { Injectable } from '@nestjs/common';
import { ArchivalLedger, batchPrefix, isRowsObject, objectKeysOf, readManifest } from '@scorekeep/core/domain-archive';
import { ArchiveStorage } from '@scorekeep/platform/domain-storage';
import { ArchiveOptions } from './archive-options';
import { batchIdsOf, type BatchSelection } from './selection/batch-selection';

const MANIFEST = '.manifest.json';

/** Objects with rows that nobody of us wrote: no manifest names them, and no record says that we began them. */
@Injectable()
export class ForeignObjects {
  constructor(
    private readonly storage: ArchiveStorage,
    private readonly ledger: ArchivalLedger,
    private readonly options: ArchiveOptions,
  ) {}

  /**
   * Keys in order. Two batches may share the beginning of their names: rows say whose an object is.
   *
   * @param batches all when undefined
   * @throws ARCHIVE.UNREADABLE_MANIFEST, STORAGE.*, CASSANDRA.*
   */
  async find(batches?: readonly BatchSelection[]): Promise<string[]> {
    const { prefix } = this.options;
    const starts = batches ? batchIdsOf(batches).map((batchId) => batchPrefix(prefix, batchId)) : [`${prefix}/`];
    const stored = new Set<string>();
    for (const start of starts) for await (const { key } of this.storage.list(start)) stored.add(key);
    const ours = new Set(await this.recorded());
    for (const key of stored) if (key.endsWith(MANIFEST)) (await this.namedBy(key)).forEach((each) => ours.add(each));
    return [...stored].filter((key) => isRowsObject(key) && !ours.has(key)).sort();
  }

  private async namedBy(key: string): Promise<string[]> {
    const manifest = await readManifest(this.storage, key);
    return [...objectKeysOf(manifest), ...(manifest.replaces ?? []).flatMap(({ objects }) => objects)];
  }

  private async recorded(): Promise<string[]> {
    const keys: string[] = [];
    for await (const { objectKeys } of this.ledger.all()) keys.push(...objectKeys);
    return keys;
  }
}
