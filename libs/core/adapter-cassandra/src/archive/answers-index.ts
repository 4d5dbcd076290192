import { type CassandraSession } from '@scorekeep/platform/adapter-cassandra';
import { isIndexed } from '../indexed-column';

/** Which columns of the table with answers a query may be found by. */
export interface AnswersIndex {
  readonly batchId: boolean;
  readonly updatedOn: boolean;
}

/** Which storage-attached indexes there are on `table` and answer on the replicas. @throws CASSANDRA.* */
export async function findAnswersIndex(session: CassandraSession, table: string): Promise<AnswersIndex> {
  return {
    batchId: await isIndexed(session, table, 'batch_id', { condition: 'batch_id = ?', value: '' }),
    updatedOn: await isIndexed(session, table, 'updated_on', { condition: 'updated_on < ?', value: new Date(0) }),
  };
}
