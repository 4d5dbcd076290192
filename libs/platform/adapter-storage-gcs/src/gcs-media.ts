import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestSecurely } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import { type Bucket } from '@google-cloud/storage';
import { type BucketLimits } from '@scorekeep/platform/adapter-storage-bucket';
import { isPassing } from './gcs-storage.errors';

const firstPauseMs = 250;

/**
 * The bytes of an object as they are stored. The SDK's own stream goes on when its reader has left; a request of our own
 * ends with its reader.
 *
 * @throws an error with the `code` of the answer's status, or what the connection failed with
 */
export async function mediaOf(bucket: Bucket, key: string, limits: BucketLimits): Promise<IncomingMessage> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await requested(bucket, key, limits);
    } catch (error) {
      if (attempt >= limits.attempts || !isPassing(error)) throw error;
    }
    await delay(firstPauseMs * 2 ** (attempt - 1));
  }
}

async function requested(bucket: Bucket, key: string, limits: BucketLimits): Promise<IncomingMessage> {
  const { baseUrl, authClient } = bucket.storage;
  const url = new URL(`${baseUrl}/b/${encodeURIComponent(bucket.name)}/o/${encodeURIComponent(key)}?alt=media`);
  const isOpen = bucket.storage.customEndpoint && !bucket.storage.useAuthWithCustomEndpoint;
  const credentials = isOpen ? {} : await authClient.getRequestHeaders(url.href);
  // Without it, the service would unpack objects that other tools have marked as packed.
  const headers = { ...credentials, 'accept-encoding': 'gzip' };
  const answer = await answered(url, headers, limits);
  if (answer.statusCode === 200) return answer;
  throw Object.assign(new Error(await wordsOf(answer, limits)), { code: answer.statusCode });
}

function answered(
  url: URL,
  headers: Record<string, string>,
  { requestTimeoutMs }: BucketLimits,
): Promise<IncomingMessage> {
  const send = url.protocol === 'http:' ? requestPlain : requestSecurely;
  return new Promise((resolve, reject) => {
    const request = send(url, { headers });
    const late = setTimeout(() => request.destroy(new Error(`no answer for ${requestTimeoutMs} ms`)), requestTimeoutMs);
    request.once('error', reject);
    request.once('response', resolve);
    for (const event of ['response', 'close']) request.once(event, () => clearTimeout(late));
    request.end();
  });
}

/** What the service says of a failure, JSON as a rule, however slowly or little it says of it. */
async function wordsOf(answer: IncomingMessage, { requestTimeoutMs }: BucketLimits): Promise<string> {
  const late = setTimeout(() => answer.destroy(), requestTimeoutMs);
  const body = await text(answer).catch(() => 'it broke off while it said why');
  clearTimeout(late);
  try {
    const { error } = JSON.parse(body) as { readonly error?: { readonly message?: string } };
    return error?.message ?? body;
  } catch {
    return body;
  }
}
