import { type ReportRequest, type RequestKey, RequestLedger } from '@scorekeep/core/domain-exhaust';
import { type CassandraSession, type Row, type Statement } from '@scorekeep/platform/adapter-cassandra';
import { type ReportRequestValues, requestColumns, toReportRequest } from './report-request.mapper';
import { versionedUpdate } from './versioned-update';

const SELECT_ONE: Statement = {
  cql: 'SELECT * FROM exhaust_request WHERE tag = ? AND request_id = ?',
  idempotent: true,
};
const SELECT_TAG: Statement = { cql: 'SELECT * FROM exhaust_request WHERE tag = ?', idempotent: true };

/** Requests in `exhaust_request`: written by lightweight transactions only. */
export class CassandraRequestLedger extends RequestLedger {
  constructor(private readonly session: CassandraSession) {
    super();
  }

  override async find({ tag, requestId }: RequestKey): Promise<ReportRequest | undefined> {
    const row = await this.session.one(SELECT_ONE, [tag, requestId], { serial: true });
    return row && toRequest(row);
  }

  override async *ofTag(tag: string): AsyncGenerator<ReportRequest> {
    for await (const row of this.session.rows(SELECT_TAG, [tag], { serial: true })) yield toRequest(row);
  }

  override async save(request: ReportRequest, expectedVersion: number): Promise<'saved' | 'conflict'> {
    const key = { tag: request.tag, request_id: request.requestId };
    const row = { table: 'exhaust_request', key, columns: requestColumns(request) };
    const { statement, params } = versionedUpdate(row, expectedVersion);
    const { applied } = await this.session.compareAndSet(statement, params);
    return applied ? 'saved' : 'conflict';
  }
}

function toRequest(row: Row): ReportRequest {
  return toReportRequest(row as unknown as ReportRequestValues);
}
