import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type StorageProvider } from '@scorekeep/core/adapter-archive-store';
import { allTopicNames } from '@scorekeep/core/contract-events';
import { type StorageLayout } from '@scorekeep/core/domain-scoring';
import { KafkaClient, KafkaSettings, KafkaTopics } from '@scorekeep/platform/adapter-kafka';
import { TokenIssuer } from '@scorekeep/platform/testing-platform';
import { ExhaustProcess } from './exhaust-process.fixture';
import { ReportStage } from './report-stage.fixture';

type Environment = Readonly<Record<string, string | undefined>>;

/** A request as callers see it. */
export interface SeenRequest {
  readonly requestId: string;
  readonly tag: string;
  readonly status: string;
  readonly requestedBy: string;
  readonly requestedChannel: string;
  readonly downloadUrls: readonly string[];
  readonly expiresAt: number | null;
  readonly attempts: number;
  readonly statusMessage: string | null;
  readonly progress: { readonly rows: number; readonly percent: number };
  readonly jobStats: { readonly dtJobSubmitted: number; readonly dtJobCompleted: number | null };
}

export interface Answer<T = SeenRequest> {
  readonly status: number;
  readonly text: string;
  readonly id: string;
  readonly params: { readonly err: string | null; readonly errmsg: string | null };
  readonly responseCode: string;
  readonly result: T;
}

/** Who calls, in AUTH_MODE=header. */
export const official = { 'x-authenticated-userid': 'official-1', 'x-channel-id': 'channel-1' };

/** The stage of reports, with topics of its own, and services of exhaust as processes. */
export class DemandStage {
  readonly issuer = new TokenIssuer('key-1');
  readonly prefix = `test-${randomBytes(4).toString('hex')}`;
  private readonly keys = mkdtempSync(join(tmpdir(), 'exhaust-keys-'));
  private readonly processes: ExhaustProcess[] = [];
  private readonly topics: KafkaTopics;

  private constructor(
    readonly reports: ReportStage,
    stack: Environment,
  ) {
    writeFileSync(join(this.keys, 'key-1'), this.issuer.publicPem);
    const settings = Object.assign(new KafkaSettings(), { KAFKA_BROKERS: stack['KAFKA_BROKERS'] });
    this.topics = new KafkaTopics(new KafkaClient(settings, 'test', () => undefined));
  }

  static async open(stack: Environment, layout: StorageLayout, provider: StorageProvider): Promise<DemandStage> {
    const stage = new DemandStage(await ReportStage.open(stack, layout, provider), stack);
    await stage.topics.createMissing(
      allTopicNames(stage.prefix).filter((name) => name.endsWith('exhaust.request')),
      2,
    );
    return stage;
  }

  /**
   * @param own settings other than the stage's, which believes headers. Each service is a consumer group of its own: a
   *   group waits long for a member that was killed
   */
  start(service: 'serve' | 'worker', own: Environment = {}): ExhaustProcess {
    const environment = {
      ...this.reports.environment,
      ...{ KAFKA_TOPIC_PREFIX: this.prefix, KAFKA_GROUP_ID: `${this.prefix}-${this.processes.length}`, HTTP_PORT: '0' },
      ...{ EXHAUST_PREFIX: `${this.reports.session.keyspace}-reports`, AUTH_MODE: 'header', RATE_LIMIT_REQUESTS: '0' },
      ...{ EXHAUST_KEY_SECRET: 'a secret of the tests', EXHAUST_SWEEP_INTERVAL: '500ms', EXHAUST_RETRY_DELAY: '100ms' },
      ...{ AUTH_PUBLIC_KEYS_DIR: this.keys, AUTH_ISSUER: this.issuer.url, LOG_LEVEL: 'info', ...own },
    };
    const process = new ExhaustProcess(service, environment);
    this.processes.push(process);
    return process;
  }

  async url(service: ExhaustProcess): Promise<string> {
    return `http://127.0.0.1:${(await service.saying('started')).port}`;
  }

  async close(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.kill()));
    const { storage, session } = this.reports;
    for await (const { key } of storage.list(`${session.keyspace}-reports/`)) await storage.remove(key);
    await this.topics.close();
    await this.reports.close();
    rmSync(this.keys, { recursive: true });
  }
}

/** Calls of one caller at one service. */
export class DemandCaller {
  constructor(
    private readonly base: string,
    private readonly headers: Readonly<Record<string, string>> = official,
  ) {}

  submit(fields: Readonly<Record<string, unknown>>, path = '/dataset/v1/request/submit'): Promise<Answer> {
    return this.ask(path, { request: fields });
  }

  read({ tag, requestId }: Pick<SeenRequest, 'tag' | 'requestId'>): Promise<Answer> {
    return this.ask(`/dataset/v1/request/read/${tag}?requestId=${requestId}`);
  }

  async ask<T = SeenRequest>(path: string, body?: object): Promise<Answer<T>> {
    const request: RequestInit = body
      ? { method: 'POST', headers: { 'content-type': 'application/json', ...this.headers }, body: JSON.stringify(body) }
      : { headers: this.headers };
    const response = await fetch(this.base + path, request);
    const text = await response.text();
    return { ...(JSON.parse(text) as Omit<Answer<T>, 'status' | 'text'>), status: response.status, text };
  }

  /** Reads until the request has ended. */
  async untilEnded(request: Pick<SeenRequest, 'tag' | 'requestId'>): Promise<SeenRequest> {
    for (;;) {
      const { result, text, status } = await this.read(request);
      if (status !== 200) throw new Error(text);
      if (result.status === 'SUCCESS' || result.status === 'FAILED') return result;
      await delay(50);
    }
  }
}
