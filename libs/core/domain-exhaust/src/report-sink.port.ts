/** Asked once, when everything is written and nothing is visible yet: false calls the report off. */
export type ConfirmReport = () => Promise<boolean>;

export type SinkOutcome = { readonly kind: 'published'; readonly bytes: number } | { readonly kind: 'called off' };

/** Where a report goes. */
export abstract class ReportSink {
  /**
   * Writes a report and publishes it under its name: in full, replacing what is there, or not at all. When `bytes` or
   * `confirm` throws, when `confirm` says no, or `signal` is aborted, what was written is removed at once.
   *
   * @returns how many bytes were published
   * @throws EXHAUST.CANNOT_WRITE naming the file; what `bytes`, `confirm` and `signal` throw, unchanged
   */
  abstract publish(
    name: string,
    bytes: AsyncIterable<Uint8Array>,
    options: { readonly confirm: ConfirmReport; readonly signal: AbortSignal },
  ): Promise<SinkOutcome>;
}
