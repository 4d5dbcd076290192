import { Injectable } from '@nestjs/common';
import { BatchOwnership, type ReportOrder, type ReportRequest } from '@scorekeep/core/domain-exhaust';
import { WorkOptions } from '../request-options';

/** What a request means for one of its batches: whoever is from another organisation gets their own learners alone. */
@Injectable()
export class OrderReports {
  constructor(
    private readonly ownership: BatchOwnership,
    private readonly options: WorkOptions,
  ) {}

  /** @throws CASSANDRA.* */
  async execute(request: ReportRequest, batchId: string): Promise<ReportOrder> {
    const { collectionId, organisationId, format } = request;
    const owners = await this.ownership.organisationsOf({ courseId: collectionId, batchId });
    const order = { batchId, collectionId, format, includeUnenrolled: false };
    return this.isTheirs(owners, organisationId) ? order : { ...order, organisationId };
  }

  private isTheirs(owners: ReadonlySet<string>, organisationId: string): boolean {
    if (owners.size === 0) return this.options.withUnknownOwner === 'all learners';
    return owners.has(organisationId);
  }
}
