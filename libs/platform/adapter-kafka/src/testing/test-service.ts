import { Controller, type DynamicModule, type INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventPattern, Payload } from '@nestjs/microservices';
import { type ConsumedRecord, type RecordBatchHandler, type RecordOutcome } from '@scorekeep/platform/domain-messaging';
import { type AppError } from '@scorekeep/platform/util-errors';
import { type BatchReport } from '../batch/batch-runner';
import { type ConsumerOptions } from '../consumer/consumer-options';
import { KafkaBatchServer, type KafkaBatchServerOptions } from '../server/kafka-batch.server';
import { PassErrorsFilter } from '../server/pass-errors.filter';
import { eventually, type RealKafka } from './real-kafka';

/** The topic of every test service is `<prefix>.in`. */
const pattern = 'in';

/** A Nest microservice around one handler, and what happened in it. */
export class TestService {
  readonly handled: ConsumedRecord[] = [];
  readonly reports: BatchReport[] = [];
  readonly deaths: AppError[] = [];
  readonly server: KafkaBatchServer;
  private app: INestMicroservice | undefined;

  constructor(
    kafka: RealKafka,
    private readonly handler: RecordBatchHandler,
    { consumer = {}, ...options }: Partial<KafkaBatchServerOptions> & { consumer?: Partial<ConsumerOptions> } = {},
  ) {
    this.server = new KafkaBatchServer({
      client: kafka.client,
      publisher: kafka.publisher,
      topicPrefix: kafka.prefix,
      groupId: `${kafka.prefix}-app`,
      onDead: (error) => void this.deaths.push(error),
      onBatch: (report) => void this.reports.push(report),
      consumer: {
        maxWaitMs: 100,
        retryBackOff: { startMs: 50, capMs: 200 },
        restartBackOff: { startMs: 100, capMs: 200 },
        ...consumer,
      },
      ...options,
    });
  }

  async start(): Promise<this> {
    const handle: RecordBatchHandler = async (records) => {
      this.handled.push(...records);
      return this.handler(records);
    };
    this.app = await NestFactory.createMicroservice(moduleAround(handle), { strategy: this.server, logger: false });
    this.app.useGlobalFilters(new PassErrorsFilter());
    await this.app.listen();
    return this;
  }

  async joined(): Promise<this> {
    await eventually(() => this.server.consumerStatus()?.joined === true);
    return this;
  }

  async close(): Promise<void> {
    await this.app?.close();
  }

  values(): readonly string[] {
    return this.handled.map(({ value }) => Buffer.from(value ?? []).toString());
  }
}

function moduleAround(handle: RecordBatchHandler): DynamicModule {
  @Controller()
  class TestController {
    @EventPattern(pattern)
    onRecords(@Payload() records: readonly ConsumedRecord[]): Promise<readonly RecordOutcome[]> {
      return handle(records);
    }
  }
  return { module: class TestModule {}, controllers: [TestController] };
}

/** A handler for which every record is done. */
export const allDone: RecordBatchHandler = async (records) => records.map(() => ({ kind: 'done' }));
