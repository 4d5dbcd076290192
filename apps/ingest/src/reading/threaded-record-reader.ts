import { Piscina } from 'piscina';
import { type AssessLimits } from '@scorekeep/core/contract-events';
import { packedQuestions } from '@scorekeep/core/adapter-cassandra';
import { type StorageLayout } from '@scorekeep/core/domain-scoring';
import {
  readerDiedError,
  type RecordReading,
  RecordReader,
  type UnreadRecord,
} from '@scorekeep/ingest/feature-attempts';
import { joined } from './joined';
import { type ReadingResult, type ReadingSettings, type ReadingTask } from './reading-task';

/** What a micro-batch leaves behind fits in, so that the collector finds it dead and has nothing to copy. */
const YOUNG_GENERATION_MB = 48;

export interface ThreadedRecordReaderOptions {
  readonly limits: AssessLimits;
  readonly layout: StorageLayout;
  /** Fields of the type `question`, in the order in which the server has them. */
  readonly fields: readonly string[];
  /** The clock, ms since epoch. */
  readonly nowMs: () => number;
  /** Node's own flags for the thread; by default those of the process. */
  readonly execArgv?: readonly string[];
}

/** Reads records in a thread of its own, beside the one that talks to the servers. Micro-batches wait for their turn. */
export class ThreadedRecordReader extends RecordReader {
  private readonly thread: Piscina<ReadingTask, ReadingResult>;

  constructor(private readonly options: ThreadedRecordReaderOptions) {
    super();
    const { limits, layout, fields, execArgv = process.execArgv } = options;
    this.thread = new Piscina<ReadingTask, ReadingResult>({
      filename: require.resolve('./reading.worker'),
      minThreads: 1,
      maxThreads: 1,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
      execArgv: [...execArgv],
      workerData: { limits, layout, fields } satisfies ReadingSettings,
    });
  }

  override async read(records: readonly UnreadRecord[]): Promise<readonly RecordReading[]> {
    const values = joined(records.flatMap(({ value }) => value ?? []));
    const task: ReadingTask = {
      values,
      records: records.map(({ value, timestampMs }) => ({ length: value?.length, timestampMs })),
      nowMs: this.options.nowMs(),
    };
    return this.readingsOf(await this.run(task, values.buffer));
  }

  /** To be called once, when nothing is read any more. */
  async close(): Promise<void> {
    await this.thread.destroy();
  }

  private async run(task: ReadingTask, moved: ArrayBuffer): Promise<ReadingResult> {
    try {
      return await this.thread.run(task, { transferList: [moved] });
    } catch (error) {
      throw readerDiedError(error);
    }
  }

  private readingsOf({ answers, readings }: ReadingResult): RecordReading[] {
    const { fields } = this.options;
    let start = 0;
    return readings.map((reading) => {
      if (reading.kind !== 'attempt') return reading;
      const { count, length } = reading.answers;
      const bytes = Buffer.from(answers.buffer, answers.byteOffset + start, length);
      start += length;
      return { kind: 'attempt', event: { ...reading.event, answers: packedQuestions(bytes, count, fields) } };
    });
  }
}
