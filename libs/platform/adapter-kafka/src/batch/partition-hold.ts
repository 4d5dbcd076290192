import { type BatchPayload } from './batch-payload';

/** Whether a batch may still be worked on, as its runner sees it. */
export interface RunnerState {
  /** Closing: what has begun is finished, nothing new is begun. */
  isStopping(): boolean;
  /** False once partitions were assigned anew, or the runner gave up waiting: whatever comes now comes too late. */
  isCurrent(): boolean;
}

/** The consumer's hold on the partition while it works on one batch of it. Heartbeats keep it; a failed one ends it. */
export class PartitionHold {
  private loss: { readonly error: unknown } | undefined;

  constructor(
    private readonly payload: BatchPayload,
    private readonly state: RunnerState,
    private readonly heartbeatEveryMs: number,
  ) {}

  /** Records may be handed to the handler. */
  mayBegin(): boolean {
    const { payload, state } = this;
    return this.mayFinish() && !state.isStopping() && payload.isRunning() && !payload.isStale();
  }

  /** What has been handled may be published and committed. */
  mayFinish(): boolean {
    return this.loss === undefined && this.state.isCurrent();
  }

  /** The partition is, as far as is known, still this consumer's, so a commit moves no other consumer's offset. */
  isCurrent(): boolean {
    return this.state.isCurrent();
  }

  /** kafkajs sends a heartbeat only when one is due. */
  async beat(): Promise<void> {
    try {
      await this.payload.heartbeat();
    } catch (error) {
      this.loss ??= { error };
    }
  }

  /** Awaits the work and keeps the hold alive meanwhile. */
  async during<T>(work: Promise<T>): Promise<T> {
    const timer = setInterval(() => void this.beat(), this.heartbeatEveryMs);
    try {
      return await work;
    } finally {
      clearInterval(timer);
    }
  }

  /** kafkajs has to see why the hold was lost: it joins the group again, or reconnects. */
  rethrowLoss(): void {
    if (this.loss !== undefined) throw this.loss.error;
  }
}
