import { setTimeout as delay } from 'node:timers/promises';
import {
  type ReportOrder,
  ReportProducer,
  ReportProducers,
  type ReportRequest,
  type ReportTarget,
  type ReportWatcher,
  type RequestKey,
} from '@scorekeep/core/domain-exhaust';
import {
  aReportRequest,
  InMemoryBatchOwnership,
  InMemoryOpenRequests,
  InMemoryRequestLedger,
} from '@scorekeep/core/testing-core';
import { ZipEncryption } from '@scorekeep/platform/domain-storage';
import { InMemoryArchiveStorage } from '@scorekeep/platform/testing-platform';
import { OpenPlaces } from './open/open-places';
import { PasswordVault } from './passwords/password-vault';
import { RequestMonitor } from './request-monitor.port';
import { type WorkOptions } from './request-options';
import { OrderReports } from './work/order-reports.use-case';
import { ProcessRequest } from './work/process-request.use-case';
import { ProduceFiles } from './work/produce-files.use-case';
import { ReportStore } from './work/report-store';

/** Writes what it is told to; each order runs the next of `steps`, the last one for all that follow. */
export class ScriptedReports extends ReportProducer {
  override readonly dataset = 'response-exhaust';
  readonly orders: ReportOrder[] = [];
  steps: ((watcher: ReportWatcher) => Promise<void>)[] = [];

  override async produce(order: ReportOrder, { sink, name }: ReportTarget, watcher: ReportWatcher) {
    const step = this.steps[Math.min(this.orders.length, this.steps.length - 1)];
    this.orders.push(order);
    const bytes = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('header\n');
      await step?.(watcher);
      watcher.signal.throwIfAborted();
      yield Buffer.from('row\n');
    };
    const confirm = async () => true;
    const outcome = await sink.publish(name, bytes(), { confirm, signal: watcher.signal });
    return { rows: 1, learners: 1, bytes: outcome.kind === 'published' ? outcome.bytes : 0, remarks: [] };
  }
}

/** Says what it was given, instead of a zip. */
class ReadableZip extends ZipEncryption {
  override async *encrypt(
    name: string,
    bytes: AsyncIterable<Uint8Array>,
    password: string,
  ): AsyncGenerator<Uint8Array> {
    yield Buffer.from(`${name} ${password}\n`);
    yield* bytes;
  }
}

/** What was told, in words. */
export class NotedRequests extends RequestMonitor {
  readonly notes: string[] = [];
  override submitted = (): void => void this.notes.push('submitted');
  override notAnnounced = (): void => void this.notes.push('not announced');
  override begun = ({ run }: ReportRequest): void => void this.notes.push(`begun ${run}`);
  override ended = ({ state }: ReportRequest): void => void this.notes.push(state);
  override lost = (): void => void this.notes.push('lost');
  override sweepFailed = (): void => void this.notes.push('sweep failed');
  override downloads = (): void => void this.notes.push('downloads');
}

/** Everything between a request and its files, in memory, with a clock of its own. */
export class RequestsStage {
  nowMs = 1_709_300_000_000;
  readonly ledger = new InMemoryRequestLedger();
  readonly open = new InMemoryOpenRequests();
  readonly places = new OpenPlaces(this.open, this.ledger);
  readonly storage = new InMemoryArchiveStorage();
  readonly vault = new PasswordVault('a secret of the tests');
  readonly reports = new ScriptedReports();
  readonly monitor = new NotedRequests();
  readonly options: WorkOptions;
  readonly process: ProcessRequest;

  constructor(given: Partial<WorkOptions> = {}) {
    this.options = {
      ...{ nowMs: () => this.nowMs, worker: 'worker', prefix: 'reports', timeZone: 'UTC', leaseMs: 60_000 },
      ...{ limits: { maxTries: 3, retryDelayMs: 1000 }, concurrency: 1, sweepIntervalMs: 10 },
      ...{ withUnknownOwner: 'all learners', ...given },
    };
    const store = new ReportStore(this.storage, new ReadableZip(), this.vault, this.options);
    const orders = new OrderReports(new InMemoryBatchOwnership(), this.options);
    const files = new ProduceFiles(orders, new ReportProducers([this.reports]), store);
    this.process = new ProcessRequest(this.ledger, this.places, files, this.monitor, this.options);
  }

  /** As a submission leaves it. */
  async submit(given: Partial<ReportRequest> = {}): Promise<ReportRequest> {
    const request = aReportRequest(given);
    await this.places.take(request, 20, this.nowMs);
    await this.ledger.save(request, 0);
    return request;
  }

  async stored(key: RequestKey): Promise<ReportRequest> {
    const request = await this.ledger.find(key);
    if (!request) throw new Error(`there is no request ${key.requestId}`);
    return request;
  }

  async keys(): Promise<string[]> {
    const keys: string[] = [];
    for await (const { key } of this.storage.list('')) keys.push(key);
    return keys;
  }

  async textOf(key = ''): Promise<string> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of await this.storage.open(key)) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  }
}

/** Looks again until it holds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(5);
}
