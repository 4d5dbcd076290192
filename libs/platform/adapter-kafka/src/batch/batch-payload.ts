import { type Batch, type EachBatchPayload } from 'kafkajs';

/** What the runner uses of the payload that kafkajs passes to `eachBatch`. */
export interface BatchPayload
  extends Pick<EachBatchPayload, 'resolveOffset' | 'heartbeat' | 'commitOffsetsIfNecessary' | 'isRunning' | 'isStale'> {
  readonly batch: Pick<Batch, 'topic' | 'partition' | 'highWatermark' | 'messages' | 'lastOffset'>;
}
