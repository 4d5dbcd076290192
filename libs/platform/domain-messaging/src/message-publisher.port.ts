/** A message to send. `null` as a key spreads messages over partitions. */
export interface OutgoingMessage {
  readonly key: string | Uint8Array | null;
  readonly value: string | Uint8Array | null;
  readonly headers?: Readonly<Record<string, string | Uint8Array>>;
  /** When it was produced, ms since epoch. Default: when it is sent. */
  readonly timestampMs?: number;
}

/** Sends messages. Resolves only when all in-sync replicas have acknowledged (acks=all); a rejection means: unknown, send again. */
export abstract class MessagePublisher {
  /** @param topic full name, environment prefix included @throws KAFKA.* (retryable says whether sending again can help) */
  abstract publish(topic: string, messages: readonly OutgoingMessage[]): Promise<void>;
}
