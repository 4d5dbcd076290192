import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface KeptObject {
  bytes: Buffer;
  etag: string;
  putId: string | undefined;
}

interface Upload {
  readonly key: string;
  readonly putId: string | undefined;
  readonly parts: Map<number, Buffer>;
}

interface S3Request {
  readonly method: string;
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  body: Buffer;
}

interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string | number>;
  readonly body?: string | Buffer;
}

const md5 = (bytes: Uint8Array) => createHash('md5').update(bytes).digest();
const failure = (status: number, code: string): Answer => ({ status, body: `<Error><Code>${code}</Code></Error>` });
const escaped = (text: string) => text.replace(/[<&>]/g, (character) => `&#${character.charCodeAt(0)};`);

/** A bucket that behaves as Amazon documents S3 to behave, conditional requests included, and misbehaves on request. */
export class LoopbackS3 {
  readonly objects = new Map<string, KeptObject>();
  readonly uploads = new Map<string, Upload>();
  /** `PUT key?query` of each request, in order of arrival. */
  readonly requests: string[] = [];
  /** Takes a request over when it returns true; may change what the server is about to receive otherwise. */
  intercept: (request: S3Request, response: ServerResponse) => boolean = () => false;
  /** Spoils what was just stored. */
  tamper: (stored: KeptObject) => void = () => undefined;
  /** Carries the request out and closes the connection instead of answering. */
  loseAnswer: (request: S3Request) => boolean = () => false;

  private readonly server = createServer((message, response) => void this.serve(message, response));

  constructor(private readonly bucket: string) {}

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  reset(): void {
    this.objects.clear();
    this.uploads.clear();
    this.requests.length = 0;
    this.intercept = () => false;
    this.tamper = () => undefined;
    this.loseAnswer = () => false;
  }

  countOf(method: string): number {
    return this.requests.filter((request) => request.startsWith(`${method} `)).length;
  }

  private async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const { bucket, ...request } = await received(message);
    this.requests.push(`${request.method} ${request.key}?${request.query.toString()}`);
    if (this.intercept(request, response)) return;
    await pause(1); // lets requests overtake each other
    const answer = bucket === this.bucket ? this.answer(request) : failure(404, 'NoSuchBucket');
    if (this.loseAnswer(request)) return void message.socket.destroy();
    const body = request.method === 'HEAD' ? '' : (answer.body ?? '');
    const length = answer.headers?.['content-length'] ?? Buffer.byteLength(body);
    response.writeHead(answer.status, { ...answer.headers, 'content-length': length }).end(body);
  }

  private answer(request: S3Request): Answer {
    const { method, key, query } = request;
    if (key === '') return method === 'GET' ? this.listing(query) : { status: 200 };
    if (query.has('uploads') || query.has('uploadId')) return this.multipart(request);
    if (method === 'PUT') return this.putObject(request);
    if (method === 'DELETE') return (this.objects.delete(key), { status: 204 });
    const found = this.objects.get(key);
    if (found === undefined) return failure(404, 'NoSuchKey');
    const headers = { etag: `"${found.etag}"`, 'content-length': found.bytes.length };
    const metadata = found.putId === undefined ? {} : { 'x-amz-meta-scorekeep-put-id': found.putId };
    return { status: 200, headers: { ...headers, ...metadata }, body: found.bytes };
  }

  private putObject({ key, headers, body }: S3Request): Answer {
    if (headers['if-none-match'] === '*' && this.objects.has(key)) return failure(412, 'PreconditionFailed');
    if (headers['content-md5'] !== md5(body).toString('base64')) return failure(400, 'BadDigest');
    return this.keep(key, { bytes: body, etag: md5(body).toString('hex'), putId: putIdOf(headers) });
  }

  private keep(key: string, object: KeptObject): Answer {
    this.tamper(object);
    this.objects.set(key, object);
    return { status: 200, headers: { etag: `"${object.etag}"` } };
  }

  private multipart({ method, key, query, headers, body }: S3Request): Answer {
    if (query.has('uploads')) return this.startUpload(key, putIdOf(headers));
    const uploadId = query.get('uploadId') ?? '';
    const upload = this.uploads.get(uploadId);
    if (upload?.key !== key) return failure(404, 'NoSuchUpload');
    if (method === 'PUT') return putPart(upload, Number(query.get('partNumber')), { headers, body });
    const isTaken = headers['if-none-match'] === '*' && this.objects.has(key);
    if (method === 'POST' && isTaken) return failure(412, 'PreconditionFailed');
    this.uploads.delete(uploadId);
    return method === 'DELETE' ? { status: 204 } : this.complete(upload, body.toString());
  }

  private startUpload(key: string, putId: string | undefined): Answer {
    const uploadId = randomUUID();
    this.uploads.set(uploadId, { key, putId, parts: new Map() });
    const result = `<UploadId>${uploadId}</UploadId>`;
    return { status: 200, body: `<InitiateMultipartUploadResult>${result}</InitiateMultipartUploadResult>` };
  }

  private complete({ key, putId, parts }: Upload, xml: string): Answer {
    const named = [...xml.matchAll(/<PartNumber>(\d+)<\/PartNumber>/g)].map(([, number]) => Number(number));
    const bodies = named.map((number) => parts.get(number) ?? Buffer.alloc(0));
    const etag = `${md5(Buffer.concat(bodies.map(md5))).toString('hex')}-${bodies.length}`;
    this.keep(key, { bytes: Buffer.concat(bodies), etag, putId });
    return { status: 200, body: `<CompleteMultipartUploadResult><ETag>${etag}</ETag></CompleteMultipartUploadResult>` };
  }

  private listing(query: URLSearchParams): Answer {
    const after = Buffer.from(query.get('continuation-token') ?? '', 'base64');
    const keys = [...this.objects.keys()]
      .filter((key) => key.startsWith(query.get('prefix') ?? '') && Buffer.compare(Buffer.from(key), after) > 0)
      .sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
    const page = keys.slice(0, Number(query.get('max-keys')));
    const contents = page.map(
      (key) => `<Contents><Key>${escaped(key)}</Key><Size>${this.objects.get(key)?.bytes.length}</Size></Contents>`,
    );
    const next = Buffer.from(page.at(-1) ?? '').toString('base64');
    const more = keys.length > page.length ? `<NextContinuationToken>${next}</NextContinuationToken>` : '';
    const truncated = `<IsTruncated>${more !== ''}</IsTruncated>`;
    return { status: 200, body: `<ListBucketResult>${truncated}${more}${contents.join('')}</ListBucketResult>` };
  }
}

async function received(message: IncomingMessage): Promise<S3Request & { readonly bucket: string }> {
  const { method = '', url = '', headers } = message;
  const [path = '', query = ''] = url.split('?');
  const [, bucket = '', ...segments] = path.split('/').map(decodeURIComponent);
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  return { bucket, method, key: segments.join('/'), query: new URLSearchParams(query), headers, body };
}

function putPart(upload: Upload, number: number, { headers, body }: Pick<S3Request, 'headers' | 'body'>): Answer {
  if (headers['content-md5'] !== md5(body).toString('base64')) return failure(400, 'BadDigest');
  upload.parts.set(number, body);
  return { status: 200, headers: { etag: `"${md5(body).toString('hex')}"` } };
}

function putIdOf(headers: IncomingMessage['headers']): string | undefined {
  const putId = headers['x-amz-meta-scorekeep-put-id'];
  return typeof putId === 'string' ? putId : undefined;
}
