import { defaultConsumerOptions as options } from './consumer-options';

describe('the defaults of a consumer', () => {
  it('offer several heartbeats within a session, so that a slow handler keeps its partitions', () => {
    expect(3 * options.heartbeatIntervalMs).toBeLessThanOrEqual(options.sessionTimeoutMs);
  });

  it('let work go on 30 s after a server is back, connecting and joining included', () => {
    const connectingMs = 10_000;
    expect(options.retryBackOff.capMs + connectingMs).toBeLessThanOrEqual(30_000);
    expect(options.restartBackOff.capMs + connectingMs).toBeLessThanOrEqual(30_000);
  });

  it('drain within 20 s, and sooner than members that wait for the rebalance give up', () => {
    expect(options.drainTimeoutMs).toBeLessThanOrEqual(20_000);
    expect(options.drainTimeoutMs).toBeLessThan(options.rebalanceTimeoutMs);
  });

  it('bound what is held in memory by bytes and by records', () => {
    expect(options.concurrency * options.maxBytesPerPartition).toBeLessThanOrEqual(options.maxBytesPerFetch);
    expect(options.maxBytesPerFetch).toBeLessThanOrEqual(16 * 1024 * 1024);
    expect(options.microBatch.maxRecords).toBeLessThanOrEqual(500);
    expect(options.microBatch.maxBytes).toBeLessThanOrEqual(8 * 1024 * 1024);
  });
});
