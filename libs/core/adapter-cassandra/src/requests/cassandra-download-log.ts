import { type DownloadEntry, DownloadLog } from '@scorekeep/core/domain-exhaust';
import { type CassandraSession, type Row, type Statement } from '@scorekeep/platform/adapter-cassandra';

const INSERT: Statement = {
  cql:
    'INSERT INTO exhaust_download (request_id, link_id, tag, user_id, channel, object_key, handed_out_on, expires_on) ' +
    'VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  idempotent: true,
};
const UPDATE_FETCHED: Statement = {
  cql: 'UPDATE exhaust_download SET fetched_on = ? WHERE request_id = ? AND link_id = ?',
  idempotent: true,
};
const SELECT_ONE: Statement = {
  cql: 'SELECT * FROM exhaust_download WHERE request_id = ? AND link_id = ?',
  idempotent: true,
};
const SELECT_REQUEST: Statement = { cql: 'SELECT * FROM exhaust_download WHERE request_id = ?', idempotent: true };

/** Links in `exhaust_download`. */
export class CassandraDownloadLog extends DownloadLog {
  constructor(private readonly session: CassandraSession) {
    super();
  }

  override async record(entry: DownloadEntry): Promise<void> {
    const { requestId, linkId, tag, userId, channel, key, handedOutOnMs, expiresOnMs } = entry;
    const times = [new Date(handedOutOnMs), new Date(expiresOnMs)];
    await this.session.write(INSERT, [requestId, linkId, tag, userId, channel, key, ...times]);
  }

  override async find(requestId: string, linkId: string): Promise<DownloadEntry | undefined> {
    const row = await this.session.one(SELECT_ONE, [requestId, linkId]);
    return row && toEntry(row);
  }

  override async fetched(requestId: string, linkId: string, nowMs: number): Promise<void> {
    await this.session.write(UPDATE_FETCHED, [new Date(nowMs), requestId, linkId]);
  }

  override async *ofRequest(
    requestId: string,
  ): AsyncGenerator<DownloadEntry & { readonly fetchedOnMs: number | null }> {
    for await (const row of this.session.rows(SELECT_REQUEST, [requestId])) {
      const fetchedOn = row['fetched_on'] as Date | null;
      yield { ...toEntry(row), fetchedOnMs: fetchedOn === null ? null : fetchedOn.getTime() };
    }
  }
}

function toEntry(row: Row): DownloadEntry {
  return {
    requestId: row['request_id'] as string,
    linkId: row['link_id'] as string,
    tag: row['tag'] as string,
    userId: row['user_id'] as string,
    channel: row['channel'] as string,
    key: row['object_key'] as string,
    handedOutOnMs: (row['handed_out_on'] as Date).getTime(),
    expiresOnMs: (row['expires_on'] as Date).getTime(),
  };
}
