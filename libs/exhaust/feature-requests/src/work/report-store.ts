import { Injectable } from '@nestjs/common';
import { type ReportRequest, type ReportTarget } from '@scorekeep/core/domain-exhaust';
import { ArchiveStorage, ZipEncryption } from '@scorekeep/platform/domain-storage';
import { PasswordVault } from '../passwords/password-vault';
import { WorkOptions } from '../request-options';
import { dayOf, reportPlace } from './report-file';
import { StorageReportSink } from './storage-report-sink';

/** Where the reports of requests go: straight into the store, encrypted on the way when they have a password. */
@Injectable()
export class ReportStore {
  constructor(
    private readonly storage: ArchiveStorage,
    private readonly zip: ZipEncryption,
    private readonly vault: PasswordVault,
    private readonly options: WorkOptions,
  ) {}

  /** @throws EXHAUST.PASSWORD_UNREADABLE */
  targetOf(request: ReportRequest, batchId: string): ReportTarget {
    const { prefix, timeZone, nowMs } = this.options;
    const { key, fileName } = reportPlace(request, batchId, { prefix, date: dayOf(nowMs(), timeZone) });
    if (request.password === null) return { name: key, sink: new StorageReportSink(this.storage, (bytes) => bytes) };
    const password = this.vault.open(request, request.password);
    const encrypted = (bytes: AsyncIterable<Uint8Array>) => this.zip.encrypt(fileName, bytes, password);
    return { name: key, sink: new StorageReportSink(this.storage, encrypted) };
  }

  /** Of what was published. @throws STORAGE.* */
  async bytesOf(key: string): Promise<number> {
    return (await this.storage.stat(key))?.bytes ?? 0;
  }

  /** Removes what a run that came to nothing has published; what cannot be removed stays, under keys that nobody is told. */
  async discard(keys: readonly string[]): Promise<void> {
    await Promise.allSettled(keys.map((key) => this.storage.remove(key)));
  }
}
