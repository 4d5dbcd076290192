import { Injectable } from '@nestjs/common';
import {
  ArchivalLedger,
  type ArchivalRecord,
  ArchiveReader,
  batchPrefix,
  decodeRows,
  type Manifest,
  manifestKey,
  readManifest,
} from '@scorekeep/core/domain-archive';
import { type StoredAttempt, type WriteTimeUs } from '@scorekeep/core/domain-scoring';
import { ArchiveStorage, ByteStreams, type StoredObject } from '@scorekeep/platform/domain-storage';
import { DataOptions } from '../data-options';
import { missingManifest } from '../data.errors';

const MANIFEST = '.manifest.json';
const ROWS = '.csv.gz';

/** Objects of one batch and collection. Two pairs of ids may share a folder: rows say whose they are. */
export interface ArchiveFolder {
  readonly name: string;
  readonly objects: readonly StoredObject[];
}

export interface ArchivedRow {
  readonly row: StoredAttempt;
  /** Undefined of the reference's rows. */
  readonly writeTimeUs: WriteTimeUs | undefined;
}

/** Everything that was archived, by Scorekeep and by the reference, folder by folder. */
@Injectable()
export class ArchiveFolders {
  private recorded: Promise<readonly ArchivalRecord[]> | undefined;

  constructor(
    private readonly storage: ArchiveStorage,
    private readonly streams: ByteStreams,
    private readonly reader: ArchiveReader,
    private readonly ledger: ArchivalLedger,
    private readonly options: DataOptions,
  ) {}

  /** In order of their names. @param batches all when undefined; folders of others may be among them */
  async list(batches?: ReadonlySet<string>): Promise<ArchiveFolder[]> {
    const { archivePrefix: prefix } = this.options;
    const starts = batches ? [...batches].map((batch) => batchPrefix(prefix, batch)) : [`${prefix}/`];
    const folders = new Map<string, StoredObject[]>();
    for (const start of starts) {
      for await (const object of this.storage.list(start)) {
        const name = object.key.slice(0, object.key.lastIndexOf('/'));
        const objects = folders.get(name);
        if (!objects) folders.set(name, [object]);
        else if (!objects.some(({ key }) => key === object.key)) objects.push(object);
      }
    }
    return [...folders].map(([name, objects]) => ({ name, objects })).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /**
   * Every archived row of the folder, in no order. An object that was begun and never published is none; the reference's
   * have no manifest and are read in full.
   *
   * @throws ARCHIVE.* and STORAGE.* for what cannot be read to its end, MIGRATION.MISSING_MANIFEST
   */
  async *rows({ name, objects }: ArchiveFolder): AsyncGenerator<ArchivedRow> {
    const manifests: Manifest[] = [];
    for (const { key } of objects.filter((object) => object.key.endsWith(MANIFEST))) {
      manifests.push(await readManifest(this.storage, key));
    }
    const records = await this.records();
    this.requireManifests(name, manifests, records);
    for (const manifest of manifests) {
      for (const object of manifest.objects) {
        for await (const row of this.reader.writtenRows(manifest, object)) {
          // an adopted file tells when its rows were written no more than before
          yield { row, writeTimeUs: manifest.origin === 'reference' ? undefined : row.writeTimeUs };
        }
      }
    }
    const ours = new Set([
      ...manifests.flatMap((manifest) => manifest.objects.map(({ key }) => key)),
      ...records.flatMap(({ objectKeys }) => objectKeys),
    ]);
    for (const { key } of objects.filter((each) => each.key.endsWith(ROWS) && !ours.has(each.key))) {
      const content = this.streams.gunzip(await this.storage.open(key));
      const source = { location: this.storage.urlOf(key), dialect: 'backslash' as const };
      for await (const row of decodeRows(content, source)) yield { row, writeTimeUs: undefined };
    }
  }

  private requireManifests(name: string, manifests: readonly Manifest[], records: readonly ArchivalRecord[]): void {
    const there = new Set(manifests.map(({ key }) => key));
    for (const record of records.filter(({ archival, iteration }) => archival === 'SUCCESS' && iteration > 0)) {
      const key = manifestKey(this.options.archivePrefix, record, record.iteration);
      if (key.startsWith(`${name}/`) && !there.has(key)) throw missingManifest(this.storage.urlOf(key));
    }
  }

  /** Read once: what is archived meanwhile was kept for good before its row goes. */
  private records(): Promise<readonly ArchivalRecord[]> {
    this.recorded ??= this.readRecords();
    return this.recorded;
  }

  private async readRecords(): Promise<readonly ArchivalRecord[]> {
    const records: ArchivalRecord[] = [];
    for await (const record of this.ledger.all()) records.push(record);
    return records;
  }
}
