import { RootCommand, CommandRunner, Option } from 'nest-commander';
import { fullTopicName, topics } from '@scorekeep/core/contract-events';
import { KafkaSettings, KafkaTopics } from '@scorekeep/platform/adapter-kafka';
import { Interruption, Output } from '@scorekeep/platform/util-cli';
import { type AppError } from '@scorekeep/platform/util-errors';
import { createLogger, LoggingSettings } from '@scorekeep/platform/util-logging';
import { IngestMetrics } from './ingest-metrics';
import { IngestProcess } from './ingest-process';
import { loadIngestSettings } from './ingest.settings';

interface UntilCaughtUpOptions {
  readonly untilCaughtUp?: boolean;
  readonly json?: boolean;
}

/** Consumes what is in the topic when it starts, then ends. */
@RootCommand({ description: 'reads assess events: as a service, or until it has caught up' })
export class UntilCaughtUpCommand extends CommandRunner {
  constructor(
    private readonly output: Output,
    private readonly interruption: Interruption,
  ) {
    super();
  }

  override async run(_arguments: string[], { json }: UntilCaughtUpOptions): Promise<void> {
    const settings = loadIngestSettings();
    const level = settings.get(LoggingSettings).LOG_LEVEL;
    const logger = createLogger({ name: 'ingest', level, destination: 'stderr' });
    const topic = fullTopicName(settings.get(KafkaSettings).KAFKA_TOPIC_PREFIX, topics.assess);
    let died: ((error: AppError) => void) | undefined;
    const death = new Promise<never>((_, reject) => (died = reject));
    const metrics = new IngestMetrics();
    const ingest = new IngestProcess({ settings, logger, metrics, onDead: (error) => died?.(error) });
    try {
      await ingest.open();
      const records = await this.consume(ingest, topic, death);
      logger.info('caught up', { topic, records });
      if (json) this.output.json({ topic, records });
    } finally {
      await ingest.close();
    }
  }

  @Option({ flags: '--until-caught-up', description: 'end when everything is committed that is in the topic now' })
  parseUntilCaughtUp(): boolean {
    return true;
  }

  @Option({ flags: '--json', description: 'print one JSON object at the end' })
  parseJson(): boolean {
    return true;
  }

  private async interrupted(): Promise<void> {
    const { signal } = this.interruption;
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  }

  /** @returns the number of offsets between the oldest record and the end when it started */
  private async consume(ingest: IngestProcess, topic: string, death: Promise<never>): Promise<number> {
    const offsets = new KafkaTopics(ingest.kafka);
    try {
      const [low, high] = [await offsets.lowWatermarks(topic), await offsets.highWatermarks(topic)];
      await ingest.start();
      await Promise.race([ingest.untilCaughtUp(topic, high), death, this.interrupted()]);
      return [...high].reduce((sum, [partition, end]) => sum + Number(end - (low.get(partition) ?? 0n)), 0);
    } finally {
      await offsets.close();
    }
  }
}
