import { type ChannelRequests, type OpenRequest, OpenRequests } from '@scorekeep/core/domain-exhaust';
import { type CassandraSession, type Statement } from '@scorekeep/platform/adapter-cassandra';
import { versionedUpdate } from './versioned-update';

const SELECT_CHANNEL: Statement = {
  cql: 'SELECT open_requests, version FROM exhaust_channel WHERE channel = ?',
  idempotent: true,
};
const SELECT_CHANNELS: Statement = { cql: 'SELECT channel FROM exhaust_channel', idempotent: true };

/**
 * Open requests in `exhaust_channel`, one row a channel: a list that is replaced as a whole leaves no tombstones to the
 * workers who look through it all day.
 */
export class CassandraOpenRequests extends OpenRequests {
  constructor(private readonly session: CassandraSession) {
    super();
  }

  override async ofChannel(channel: string): Promise<ChannelRequests> {
    const row = await this.session.one(SELECT_CHANNEL, [channel], { serial: true });
    if (!row) return { open: [], version: 0 };
    return { open: JSON.parse(row['open_requests'] as string) as OpenRequest[], version: row['version'] as number };
  }

  override async save(
    channel: string,
    open: readonly OpenRequest[],
    expectedVersion: number,
  ): Promise<'saved' | 'conflict'> {
    const columns = { open_requests: JSON.stringify(open), version: expectedVersion + 1 };
    const { statement, params } = versionedUpdate(
      { table: 'exhaust_channel', key: { channel }, columns },
      expectedVersion,
    );
    const { applied } = await this.session.compareAndSet(statement, params);
    return applied ? 'saved' : 'conflict';
  }

  override async *channels(): AsyncGenerator<string> {
    for await (const row of this.session.rows(SELECT_CHANNELS, [])) yield row['channel'] as string;
  }
}
