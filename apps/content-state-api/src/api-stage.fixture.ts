import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CassandraScoreBook, SchemaMigrator } from '@scorekeep/core/adapter-cassandra';
import { openCallers } from '@scorekeep/platform/adapter-callers';
import { CassandraSession, CassandraSettings } from '@scorekeep/platform/adapter-cassandra';
import { type HttpAddresses, type HttpApp, Readiness } from '@scorekeep/platform/adapter-http';
import { RecordingPublisher, TokenIssuer } from '@scorekeep/platform/testing-platform';
import { createLogger } from '@scorekeep/platform/util-logging';
import { MetricsRegistry } from '@scorekeep/platform/util-metrics';
import { loadContentStateSettings } from './content-state.settings';
import { createContentStateApi } from './create-content-state-api';

type Environment = Readonly<Record<string, string | undefined>>;

export interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, or as it is when it is text. */
  readonly body?: object | string;
  readonly isPrivate?: boolean;
}

/** An answer in the envelope. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly envelope: {
    readonly id: string;
    readonly ver: string;
    readonly ts: string;
    readonly params: Readonly<Record<'resmsgid' | 'msgid' | 'err' | 'status' | 'errmsg', string | null>>;
    readonly responseCode: string;
    readonly result: Readonly<Record<string, unknown>>;
  };
}

/** One instance of the API that listens. */
export class ListeningApi {
  constructor(
    readonly app: HttpApp,
    readonly publisher: RecordingPublisher,
    readonly logged: readonly string[],
    private readonly addresses: HttpAddresses,
  ) {}

  urlOf(path: string, isPrivate = false): string {
    return `http://127.0.0.1:${isPrivate ? this.addresses.privatePort : this.addresses.port}${path}`;
  }

  async ask(path: string, call: Call = {}): Promise<Answer> {
    const response = await fetch(this.urlOf(path, call.isPrivate), requestOf(call));
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    const envelope = (isJson ? JSON.parse(text) : {}) as Answer['envelope'];
    return { status: response.status, headers: response.headers, text, envelope };
  }
}

function requestOf({ method, headers = {}, body }: Call): RequestInit {
  if (body === undefined) return { method: method ?? 'GET', headers };
  return {
    method: method ?? 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
}

/** The real Cassandra with a keyspace, and keys, of a test's own. Messages are recorded, not sent. */
export class ApiStage {
  readonly issuer: TokenIssuer = new TokenIssuer('key-1');
  readonly keys: string = mkdtempSync(join(tmpdir(), 'content-state-keys-'));
  readonly book: CassandraScoreBook;
  private readonly closing: (() => Promise<void>)[] = [];

  private constructor(
    readonly session: CassandraSession,
    private readonly environment: Environment,
  ) {
    this.book = new CassandraScoreBook(session);
    writeFileSync(join(this.keys, 'key-1'), this.issuer.publicPem);
  }

  /** @param stack settings of the local stack */
  static async open(stack: Environment): Promise<ApiStage> {
    const name = `test_api_${randomBytes(4).toString('hex')}`;
    const environment = { ...stack, CASSANDRA_KEYSPACE: name, CASSANDRA_HIERARCHY_KEYSPACE: name };
    const cassandra = loadContentStateSettings(environment).get(CassandraSettings);
    const unbound = new CassandraSession(cassandra, { keyspace: null });
    await new SchemaMigrator(unbound, cassandra).apply({ say: () => undefined });
    await unbound.close();
    const session = new CassandraSession(cassandra);
    await session.connect();
    return new ApiStage(session, environment);
  }

  /** @param own settings other than the stage's, which checks tokens with its keys and has no rate limit */
  async start(own: Environment = {}): Promise<ListeningApi> {
    const usual = { AUTH_PUBLIC_KEYS_DIR: this.keys, AUTH_ISSUER: this.issuer.url, RATE_LIMIT_REQUESTS: '0' };
    const settings = loadContentStateSettings({ ...this.environment, ...usual, ...own });
    const logged: string[] = [];
    const logger = createLogger({
      name: 'tested',
      level: 'debug',
      destination: { write: (line) => logged.push(line) },
    });
    const [metrics, publisher] = [new MetricsRegistry(), new RecordingPublisher()];
    const readiness = new Readiness([]);
    const callers = await openCallers('content-state-api', { settings, logger, metrics });
    const parts = { settings, session: this.session, publisher, readiness, metrics };
    const app = await createContentStateApi(parts, { logger, ...callers.options });
    const addresses = await app.listen({ HTTP_HOST: '127.0.0.1', HTTP_PORT: 0, HTTP_PRIVATE_PORT: 0 });
    this.closing.push(async () => {
      await app.close();
      callers.close();
    });
    return new ListeningApi(app, publisher, logged, addresses);
  }

  /** Into one of Sunbird's tables. */
  async put(table: string, row: Readonly<Record<string, unknown>>): Promise<void> {
    const names = Object.keys(row);
    const cql = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
    await this.session.write({ cql, idempotent: true }, Object.values(row));
  }

  async close(): Promise<void> {
    for (const close of this.closing) await close();
    await this.session.ddl(`DROP KEYSPACE ${this.session.keyspace}`);
    await this.session.close();
    rmSync(this.keys, { recursive: true });
  }
}
