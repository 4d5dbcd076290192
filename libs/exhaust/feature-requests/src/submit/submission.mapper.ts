import { type ReportWish, type RequestKey } from '@scorekeep/core/domain-exhaust';
import { invalidRequest } from '@scorekeep/platform/util-http';
import { type Requester } from '../identity/requester';
import { type RequestOptions } from '../request-options';
import { notYours } from '../requests.errors';
import { requestIdOf, sortedJson } from './request-id';
import { type DatasetConfig, type SubmitFields } from './submit-reports.request';

/** What a caller asks for, not yet submitted. */
export interface ReportsWanted extends RequestKey, ReportWish {
  readonly organisationId: string;
  /** Undefined: the files are not to be encrypted. */
  readonly encryptionKey: string | undefined;
}

/** @throws HTTP.INVALID_REQUEST naming the field's path; EXHAUST.NOT_YOURS when it is asked for in another's name */
export function toReportsWanted(
  fields: SubmitFields,
  requester: Requester,
  identity: RequestOptions['identity'],
): ReportsWanted {
  const { tag, dataset, output_format: format = 'csv', encryptionKey } = fields;
  const { channel, organisationId, userId } = requester;
  const requestedBy = fields.requestedBy ?? userId;
  if (identity === 'token' && requestedBy !== userId) throw notYours("request.requestedBy is not the token's user");
  const batchIds = batchesOf(fields.datasetConfig);
  const collectionId = collectionOf(fields, batchIds);
  const config = sortedJson(fields.datasetConfig);
  const requestId = requestIdOf({ tag, dataset, requestedBy, channel, config, format });
  return {
    ...{ tag: `${tag}:${channel}`, requestId, dataset, requestedBy, channel, organisationId },
    ...{ collectionId, batchIds, config, format, encryptionKey },
  };
}

/** Each once, in the order in which they are named. */
function batchesOf({ batchId, batchFilter }: DatasetConfig): string[] {
  if ((batchId === undefined) === (batchFilter === undefined)) {
    throw invalidRequest('request.datasetConfig must have either batchId or batchFilter');
  }
  return [...new Set(batchFilter ?? [batchId ?? ''])];
}

/** The course of the tag: what stands before one of the batches, else before the last `_`. */
function collectionOf({ tag, datasetConfig }: SubmitFields, batchIds: readonly string[]): string {
  const batchId = batchIds.find((each) => tag.endsWith(`_${each}`) && tag.length > each.length + 1);
  if (batchId !== undefined) return tag.slice(0, -batchId.length - 1);
  if (datasetConfig.batchId !== undefined) {
    throw invalidRequest('request.tag must be <course id>_<batch id> of the batch request.datasetConfig.batchId');
  }
  return tag.slice(0, tag.lastIndexOf('_'));
}
