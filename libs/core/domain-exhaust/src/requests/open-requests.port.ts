import { type RequestKey } from './report-request';

/** A place that an open request takes. */
export interface OpenRequest extends RequestKey {
  /** Which submission of it. */
  readonly submission: number;
  readonly sinceMs: number;
}

export interface ChannelRequests {
  readonly open: readonly OpenRequest[];
  /** 0: nothing was ever stored. */
  readonly version: number;
}

/**
 * The open requests of each channel: what limits them, and where workers look for what nobody works on. An entry is
 * there before its request is open and is removed after it has ended, so it may be there for longer, never for shorter.
 */
export abstract class OpenRequests {
  /** Linearizable. @throws CASSANDRA.* */
  abstract ofChannel(channel: string): Promise<ChannelRequests>;

  /** Compare and set of a channel's list, as `RequestLedger.save`. @throws CASSANDRA.* */
  abstract save(channel: string, open: readonly OpenRequest[], expectedVersion: number): Promise<'saved' | 'conflict'>;

  /** Every channel that ever had a request, in no order; may miss what is being changed. @throws CASSANDRA.* */
  abstract channels(): AsyncIterable<string>;
}
