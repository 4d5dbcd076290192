import { type RunLimits } from '@scorekeep/core/domain-exhaust';

/** How requests are treated; a token for the injector. */
export abstract class RequestOptions {
  abstract readonly nowMs: () => number;
  /** `token`: who calls is proven, channel and organisation are those of their profile; `header`: headers are believed. */
  abstract readonly identity: 'token' | 'header';
  abstract readonly maxOpenPerChannel: number;
  abstract readonly topicPrefix: string;
  abstract readonly urlTtlMs: number;
  /** Where callers reach this service, without a slash at the end. */
  abstract readonly publicUrl: () => string;
}

/** How workers treat requests; a token for the injector. */
export abstract class WorkOptions {
  abstract readonly nowMs: () => number;
  /** Names this process in logs and records. */
  abstract readonly worker: string;
  /** What keys of reports begin with. */
  abstract readonly prefix: string;
  /** Of the date in a report's name, an IANA name. */
  abstract readonly timeZone: string;
  abstract readonly limits: RunLimits;
  abstract readonly leaseMs: number;
  abstract readonly concurrency: number;
  abstract readonly sweepIntervalMs: number;
  /** Whose learners a report of a collection has when nobody knows whose it is: the caller's own, or all. */
  abstract readonly withUnknownOwner: 'own learners' | 'all learners';
}
