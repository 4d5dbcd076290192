import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, type types } from 'cassandra-driver';
import { fullTopicName, type TopicName } from '@scorekeep/core/contract-events';
import { type BatchOfCourse } from '@scorekeep/core/domain-content-state';
import { type DemoWorld, demoWorld, DemoServers, runApp, startService, twoFreePorts } from '../../../../tools/demo/src';
import { stackSettings } from '../../../../tools/stack/src';
import { readTopic } from '../read-topic';

const ISSUER = 'https://e2e.test/auth/realms/sunbird';
const KID = 'e2e-key';

export interface ApiInstance {
  readonly url: string;
  readonly privateUrl: string;
  /** @throws Error when it did not end with 0 */
  stop(): Promise<void>;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: {
    readonly id: string;
    readonly responseCode: string;
    readonly params: { readonly err: string | null; readonly status: string; readonly errmsg: string | null };
    readonly result: Record<string, unknown>;
  };
}

/** Who calls, as the tokens say. */
export interface CallerTokens {
  readonly userId: string;
  readonly requestedFor?: string;
}

/** A keyspace, topics and keys of the test's own, and instances of the built API on them. */
export class StateWorld {
  private readonly servers: DemoServers;
  private readonly instances: ApiInstance[] = [];

  private constructor(
    readonly world: DemoWorld,
    private readonly client: Client,
    private readonly key: KeyObject,
  ) {
    this.servers = new DemoServers(world);
  }

  static async create(name: string): Promise<StateWorld> {
    const base = demoWorld({ layout: 'unified', learners: 1, attempts: 1, name }, stackSettings(), [0, 0]);
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const keys = join(base.folder, 'keys');
    mkdirSync(keys, { recursive: true });
    writeFileSync(join(keys, `${KID}.pem`), publicKey.export({ type: 'spki', format: 'pem' }));
    const world = {
      ...base,
      environment: { ...base.environment, AUTH_PUBLIC_KEYS_DIR: keys, AUTH_ISSUER: ISSUER },
    };
    const contactPoints = [base.environment['CASSANDRA_CONTACT_POINTS'] ?? ''];
    const client = new Client({ contactPoints, localDataCenter: 'datacenter1' });
    const created = new StateWorld(world, client, privateKey);
    await created.servers.clear();
    await runApp('migrator', ['schema', 'up'], world);
    await runApp('migrator', ['topics'], world);
    return created;
  }

  async destroy(): Promise<void> {
    await Promise.all(this.instances.map((instance) => instance.stop()));
    await this.client.shutdown();
    await this.servers.clear();
    rmSync(this.world.folder, { recursive: true });
  }

  /** @param environment settings other than the world's */
  async startInstance(environment: Record<string, string> = {}, isUp = 'health/ready'): Promise<ApiInstance> {
    const [port, privatePort] = await twoFreePorts();
    const ports = { HTTP_PORT: String(port), HTTP_PRIVATE_PORT: String(privatePort) };
    const world = { ...this.world, environment: { ...this.world.environment, ...ports, ...environment } };
    const url = `http://127.0.0.1:${port}`;
    const up = (): Promise<boolean> =>
      fetch(`${url}/${isUp}`).then(
        ({ ok }) => ok,
        () => false,
      );
    const service = await startService('content-state-api', world, up);
    const instance = { url, privateUrl: `http://127.0.0.1:${privatePort}`, stop: () => service.stop() };
    this.instances.push(instance);
    return instance;
  }

  /** Has the ingest take over all that was sent to it. */
  async ingest(): Promise<void> {
    await runApp('ingest', ['--until-caught-up'], this.world);
  }

  /** Calls a public route as somebody. */
  async call(url: string, method: 'POST' | 'PATCH', request: object, caller: CallerTokens): Promise<ApiAnswer> {
    const { userId, requestedFor } = caller;
    return send(url, method, request, {
      'x-authenticated-user-token': this.token({ sub: `f:realm:${userId}` }),
      ...(requestedFor === undefined
        ? {}
        : { 'x-authenticated-for': this.token({ sub: requestedFor, parentId: userId }) }),
    });
  }

  /** Messages of a topic with that key, as JSON. */
  async messagesFor(topic: TopicName, key: string): Promise<Record<string, unknown>[]> {
    const messages = await readTopic(this.world, fullTopicName(this.world.topicPrefix, topic));
    return messages
      .filter((message) => message.key?.toString() === key)
      .map((message) => JSON.parse(message.value?.toString() ?? '') as Record<string, unknown>);
  }

  async addBatch({ courseId, batchId }: BatchOfCourse, status: number): Promise<void> {
    await this.insert('course_batch', { courseid: courseId, batchid: batchId, name: batchId, status });
  }

  async enrol(userId: string, { courseId, batchId }: BatchOfCourse): Promise<void> {
    await this.insert('user_enrolments', { userid: userId, courseid: courseId, batchid: batchId, active: true });
  }

  async rows(cql: string, params: readonly unknown[]): Promise<Record<string, unknown>[]> {
    const inKeyspace = cql.replace(/(FROM|INTO) /, `$1 ${this.world.keyspace}.`);
    const { rows } = await this.client.execute(inKeyspace, [...params], { prepare: true });
    return ((rows as types.Row[] | undefined) ?? []).map((row) => ({ ...row }));
  }

  async insert(table: string, row: Record<string, unknown>): Promise<void> {
    const marks = Object.keys(row).map(() => '?');
    const cql = `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${marks.join(', ')})`;
    await this.rows(cql, Object.values(row));
  }

  private token(claims: object): string {
    const nowSeconds = Math.floor(Date.now() / 1000);
    const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
    const header = { alg: 'RS256', typ: 'JWT', kid: KID };
    const signed = `${encode(header)}.${encode({ iss: ISSUER, iat: nowSeconds, exp: nowSeconds + 600, ...claims })}`;
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(this.key, 'base64url')}`;
  }
}

/** Calls a route without tokens: a private one. */
export async function send(
  url: string,
  method: 'POST' | 'PATCH',
  request: object,
  headers: Record<string, string> = {},
): Promise<ApiAnswer> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ request }),
  });
  return { status: response.status, body: (await response.json()) as ApiAnswer['body'] };
}
