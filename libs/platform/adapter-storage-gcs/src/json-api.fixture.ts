import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { BUCKET_LIMITS, type BucketLimits } from '@scorekeep/platform/adapter-storage-bucket';
import { GcsArchiveStorage } from './gcs-archive-storage.adapter';
import { GcsStorageSettings } from './gcs-storage.settings';

interface Stored {
  readonly bytes: Buffer;
  readonly metadata: Record<string, string>;
}

interface Session {
  readonly bucket: string;
  readonly name: string;
  readonly metadata: Record<string, string>;
  readonly onlyIfAbsent: boolean;
  received: Buffer;
}

/** A request, taken apart. */
interface Asked {
  readonly method: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

class Refusal extends Error {
  constructor(
    readonly status: number,
    words: string,
  ) {
    super(words);
  }
}

/** So much of Google's JSON API, in memory, as the store asks for. It answers as the API's reference says. */
export class JsonApi {
  /** Answers so many requests with 503 first. */
  unavailable = 0;
  /** Begins answers that say why something was refused, and never ends them. */
  mumbles = false;
  /** How many requests there were. */
  requests = 0;
  /** Changes what was received before it is stored. */
  corrupt: ((bytes: Buffer) => Buffer) | undefined;
  private readonly buckets = new Map<string, Map<string, Stored>>();
  private readonly sessions = new Map<string, Session>();

  private constructor(private readonly server: Server) {}

  static async start(...buckets: readonly string[]): Promise<JsonApi> {
    const server = createServer();
    const api = new JsonApi(server);
    for (const bucket of buckets) api.buckets.set(bucket, new Map());
    server.on('request', (request, response) => void api.handle(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return api;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** @param address `host:port` in place of its own: a proxy before it, or nothing */
  settings(bucket: string, address = `127.0.0.1:${this.port}`): GcsStorageSettings {
    return Object.assign(new GcsStorageSettings(), {
      STORAGE_BUCKET: bucket,
      GCS_PROJECT_ID: 'project',
      GCS_API_ENDPOINT: `http://${address}`,
    });
  }

  storage(bucket: string, limits: Partial<BucketLimits> = {}, address?: string): GcsArchiveStorage {
    return new GcsArchiveStorage(this.settings(bucket, address), { ...BUCKET_LIMITS, ...limits });
  }

  /** From now on it does what is asked. */
  behave(): void {
    this.unavailable = 0;
    this.mumbles = false;
    this.requests = 0;
    this.corrupt = undefined;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests += 1;
    try {
      const body = await buffer(request);
      if (this.unavailable > 0) {
        this.unavailable -= 1;
        throw new Refusal(503, 'Service Unavailable');
      }
      this.route(request, body, response);
    } catch (error) {
      const status = error instanceof Refusal ? error.status : 500;
      const message = error instanceof Error ? error.message : String(error);
      if (this.mumbles) {
        response.writeHead(status).write('{');
        return;
      }
      json(response, { error: { code: status, message, errors: [{ message }] } }, status);
    }
  }

  private route({ method = '', url = '', headers }: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const { pathname, searchParams: query } = new URL(url, 'http://localhost');
    const session = this.sessions.get(query.get('upload_id') ?? '');
    if (session) this.receive(session, headers['content-range'] ?? '', body, response);
    else this.answer(pathname, { method, query, headers, body }, response);
  }

  private answer(pathname: string, asked: Asked, response: ServerResponse): void {
    const { isUpload, bucket, object } = placeOf(pathname);
    const objects = this.buckets.get(bucket);
    if (!objects) throw new Refusal(404, 'The specified bucket does not exist.');
    if (isUpload) this.upload(bucket, asked, response);
    else if (object !== undefined) answerObject(objects, object, asked, response);
    else if (pathname.endsWith('/o')) list(objects, asked.query, response);
    else json(response, { name: bucket });
  }

  private upload(bucket: string, { query, headers, body }: Asked, response: ServerResponse): void {
    const type = headers['content-type'] ?? '';
    const name = query.get('name') ?? '';
    const onlyIfAbsent = query.get('ifGenerationMatch') === '0';
    if (query.get('uploadType') === 'resumable') {
      const { metadata = {} } = JSON.parse(body.toString()) as { metadata?: Record<string, string> };
      const id = randomUUID();
      this.sessions.set(id, { bucket, name, metadata, onlyIfAbsent, received: Buffer.alloc(0) });
      // by the address that was asked, so that a proxy before it stays before it
      response.setHeader('location', `http://${headers.host}/upload?upload_id=${id}`);
      response.end();
      return;
    }
    const { head, bytes } = multipart(body, type);
    const { metadata = {}, md5Hash } = JSON.parse(head) as { metadata?: Record<string, string>; md5Hash?: string };
    const received = this.corrupt?.(bytes) ?? bytes;
    if (md5Hash !== undefined && md5Hash !== md5Of(received)) {
      throw new Refusal(400, `Provided MD5 hash "${md5Hash}" doesn't match calculated MD5 hash.`);
    }
    this.store({ bucket, name, metadata, onlyIfAbsent, received }, response);
  }

  /** A chunk of a resumable upload: `bytes 0-99/*`, `bytes 100-119/120`. */
  private receive(session: Session, range: string, body: Buffer, response: ServerResponse): void {
    session.received = Buffer.concat([session.received, body]);
    const total = Number(/\/(\d+)$/.exec(range)?.[1] ?? Number.NaN);
    if (session.received.length === total) {
      this.store({ ...session, received: this.corrupt?.(session.received) ?? session.received }, response);
      return;
    }
    response.statusCode = 308;
    if (session.received.length > 0) response.setHeader('range', `bytes=0-${session.received.length - 1}`);
    response.end();
  }

  private store({ bucket, name, metadata, onlyIfAbsent, received }: Session, response: ServerResponse): void {
    const objects = this.buckets.get(bucket) ?? new Map<string, Stored>();
    if (onlyIfAbsent && objects.has(name)) {
      throw new Refusal(412, 'At least one of the pre-conditions you specified did not hold.');
    }
    const stored = { bytes: received, metadata };
    objects.set(name, stored);
    json(response, resource(name, stored));
  }
}

function placeOf(pathname: string): { readonly isUpload: boolean; readonly bucket: string; readonly object?: string } {
  const path = /^(\/upload)?\/storage\/v1\/b\/([^/]+)(?:\/o(?:\/(.+))?)?$/;
  const [, upload, bucket = '', object] = path.exec(pathname) ?? [];
  const place = { isUpload: upload !== undefined, bucket: decodeURIComponent(bucket) };
  return object === undefined ? place : { ...place, object: decodeURIComponent(object) };
}

function answerObject(
  objects: Map<string, Stored>,
  name: string,
  { method, query }: Asked,
  response: ServerResponse,
): void {
  const stored = objects.get(name);
  if (!stored) throw new Refusal(404, `No such object: bucket/${name}`);
  if (method === 'DELETE') {
    objects.delete(name);
    response.statusCode = 204;
    response.end();
    return;
  }
  if (query.get('alt') === 'media') response.end(stored.bytes);
  else json(response, resource(name, stored));
}

function list(objects: Map<string, Stored>, query: URLSearchParams, response: ServerResponse): void {
  const prefix = query.get('prefix') ?? '';
  const after = query.get('pageToken');
  const names = [...objects.keys()]
    .filter((name) => name.startsWith(prefix))
    .sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
  const rest = after === null ? names : names.slice(names.indexOf(after) + 1);
  const page = rest.slice(0, Number(query.get('maxResults') ?? 1_000));
  const items = page.map((name) => resource(name, objects.get(name) as Stored));
  json(response, { items, ...(page.length < rest.length ? { nextPageToken: page.at(-1) } : {}) });
}

function resource(name: string, { bytes, metadata }: Stored): object {
  return { name, size: String(bytes.length), md5Hash: md5Of(bytes), metadata, generation: '1' };
}

const md5Of = (bytes: Buffer): string => createHash('md5').update(bytes).digest('base64');

/** `multipart/related`: the resource as JSON, then the bytes. */
function multipart(body: Buffer, type: string): { readonly head: string; readonly bytes: Buffer } {
  const boundary = `--${/boundary="?([^";]+)/.exec(type)?.[1] ?? ''}`;
  const blank = '\r\n\r\n';
  const headStart = body.indexOf(blank) + blank.length;
  const second = body.indexOf(boundary, headStart);
  const bytesStart = body.indexOf(blank, second) + blank.length;
  const bytesEnd = body.lastIndexOf(`\r\n${boundary}--`);
  return { head: body.toString('utf8', headStart, second), bytes: body.subarray(bytesStart, bytesEnd) };
}

function json(response: ServerResponse, value: object, status = 200): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(value));
}
