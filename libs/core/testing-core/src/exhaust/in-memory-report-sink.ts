import { ReportSink, type SinkOutcome } from '@scorekeep/core/domain-exhaust';

/** Published reports, in memory. */
export class InMemoryReportSink extends ReportSink {
  /** By name. */
  readonly reports = new Map<string, Buffer>();

  override async publish(
    name: string,
    bytes: AsyncIterable<Uint8Array>,
    { confirm, signal }: Parameters<ReportSink['publish']>[2],
  ): Promise<SinkOutcome> {
    signal.throwIfAborted();
    const chunks: Uint8Array[] = [];
    for await (const chunk of bytes) chunks.push(chunk);
    if (!(await confirm())) return { kind: 'called off' };
    signal.throwIfAborted();
    const report = Buffer.concat(chunks);
    this.reports.set(name, report);
    return { kind: 'published', bytes: report.length };
  }
}
