import { Injectable } from '@nestjs/common';
import { type ReportRequest, RequestLedger, submitRequest } from '@scorekeep/core/domain-exhaust';
import { isSaved, untilSettled } from '../open/change-record';
import { OpenPlaces } from '../open/open-places';
import { PasswordVault } from '../passwords/password-vault';
import { RequestOptions } from '../request-options';
import { otherPassword } from '../requests.errors';
import { AnnounceRequest } from './announce-request.use-case';
import { type ReportsWanted } from './submission.mapper';

/** Takes a request for reports: joins the same one while it is open, else submits it. */
@Injectable()
export class SubmitReports {
  constructor(
    private readonly ledger: RequestLedger,
    private readonly places: OpenPlaces,
    private readonly vault: PasswordVault,
    private readonly announce: AnnounceRequest,
    private readonly options: RequestOptions,
  ) {}

  /**
   * @returns the request as stored, and whether this call submitted it
   * @throws EXHAUST.OTHER_PASSWORD, EXHAUST.ENCRYPTION_OFF, EXHAUST.TOO_MANY_OPEN_REQUESTS, EXHAUST.CONTENDED, CASSANDRA.*
   */
  async execute({
    encryptionKey,
    ...wanted
  }: ReportsWanted): Promise<{ readonly request: ReportRequest; readonly isNew: boolean }> {
    const { maxOpenPerChannel, nowMs } = this.options;
    const password = encryptionKey === undefined ? null : this.vault.seal(wanted, encryptionKey);
    const submitted = await untilSettled(wanted, async () => {
      const stored = await this.ledger.find(wanted);
      const outcome = submitRequest(stored, { ...wanted, password }, nowMs());
      if (outcome.kind === 'other password') throw otherPassword(wanted);
      if (outcome.kind === 'joined') return { request: outcome.request, isNew: false };
      await this.places.take(outcome.request, maxOpenPerChannel, nowMs());
      const saved = await isSaved(this.ledger, outcome.request, stored?.version ?? 0);
      return saved ? { request: outcome.request, isNew: true } : undefined;
    });
    if (submitted.isNew) await this.announce.execute(submitted.request);
    return submitted;
  }
}
