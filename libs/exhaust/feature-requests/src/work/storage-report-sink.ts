import { ReportSink, type SinkOutcome } from '@scorekeep/core/domain-exhaust';
import { type ArchiveStorage } from '@scorekeep/platform/domain-storage';

type PublishOptions = Parameters<ReportSink['publish']>[2];

/** What happens to a report's bytes on their way into the store. */
export type Wrapping = (bytes: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

/** Called off before anything was visible; never leaves this file. */
const calledOff = new Error('called off');

/** A report as an object of the store, under its name as the key. The store shows it in full or not at all. */
export class StorageReportSink extends ReportSink {
  constructor(
    private readonly storage: ArchiveStorage,
    private readonly wrap: Wrapping,
  ) {
    super();
  }

  override async publish(
    key: string,
    bytes: AsyncIterable<Uint8Array>,
    { confirm, signal }: PublishOptions,
  ): Promise<SinkOutcome> {
    let read = 0;
    const confirmed = async function* (): AsyncGenerator<Uint8Array> {
      for await (const chunk of bytes) {
        signal.throwIfAborted();
        read += chunk.length;
        yield chunk;
      }
      if (!(await confirm())) throw calledOff;
      signal.throwIfAborted();
    };
    try {
      await this.storage.put(key, this.wrap(confirmed()));
      return { kind: 'published', bytes: read };
    } catch (error) {
      if (error === calledOff) return { kind: 'called off' };
      throw error;
    }
  }
}
