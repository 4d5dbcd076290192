import { type DynamicModule, type INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FeatureWorkModule, RequestWorker } from '@scorekeep/exhaust/feature-requests';
import { type ReadinessCheck } from '@scorekeep/platform/adapter-http';
import { groupIdOf, KafkaBatchServer, KafkaSettings, PassErrorsFilter } from '@scorekeep/platform/adapter-kafka';
import { type AppError } from '@scorekeep/platform/util-errors';
import { NestLogger } from '@scorekeep/platform/util-logging';
import { ProducersModule } from '../producers.module';
import { reportPorts } from '../report-ports';
import { boundModule } from './bound-module';
import { requestPorts, type ServiceParts, workPorts } from './service-ports';

/** The worker of a service: a member of the consumer group that makes reports. */
export class WorkerProcess {
  private readonly server: KafkaBatchServer;
  private microservice: INestMicroservice | undefined;
  private worker: RequestWorker | undefined;

  /** @param onDead called once when the consumer cannot go on */
  constructor(
    private readonly parts: ServiceParts,
    onDead: (error: AppError) => void,
  ) {
    const kafka = parts.configuration.settings.get(KafkaSettings);
    this.server = new KafkaBatchServer({
      client: parts.connections.kafka,
      publisher: parts.connections.publisher,
      topicPrefix: kafka.KAFKA_TOPIC_PREFIX,
      groupId: groupIdOf(kafka, 'exhaust'),
      onDead,
    });
  }

  get check(): ReadinessCheck {
    return { name: 'consumer', check: async () => this.requireMember() };
  }

  get busy(): number {
    return this.worker?.busy ?? 0;
  }

  /** Begins to consume. */
  async start(): Promise<void> {
    const microservice = await NestFactory.createMicroservice(workerModule(this.parts), {
      strategy: this.server,
      logger: new NestLogger(this.parts.logger),
      abortOnError: false,
    });
    microservice.useGlobalFilters(new PassErrorsFilter());
    this.microservice = microservice;
    const worker = microservice.get(RequestWorker, { strict: false });
    this.worker = worker;
    worker.start();
    await microservice.listen();
  }

  /** Stops fetching; what was begun is given back, so that another worker begins it anew. */
  async close(): Promise<void> {
    await Promise.all([this.microservice?.close(), this.worker?.stop()]);
  }

  private requireMember(): void {
    const status = this.server.consumerStatus();
    if (!status?.joined || status.dead) throw new Error('the consumer has not joined its group');
  }
}

function workerModule(parts: ServiceParts): DynamicModule {
  const { configuration, connections, logger } = parts;
  const { session, catalogue } = connections;
  const reading = boundModule(reportPorts({ configuration, session, catalogue, logger }));
  const producers = ProducersModule.with(reading);
  const working = boundModule([...requestPorts(parts), ...workPorts(parts)]);
  return { module: WorkerModule, imports: [FeatureWorkModule.with([working, producers])] };
}

class WorkerModule {}
