import { type AddressInfo } from 'node:net';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { describeContentNames } from '@scorekeep/core/testing-core';
import { HttpContentNames } from './http-content-names';

interface Search {
  readonly request: { readonly filters: { readonly identifier: readonly string[] }; readonly limit: number };
}

const contents = new Map<string, string>();
const searches: Search[] = [];
let answer: { status: number; body: string } | undefined;
let server: Server;
let url = '';

/** As Sunbird's search answers: question sets in a list of their own. */
function resultOf({ request: { filters, limit } }: Search) {
  const found = filters.identifier.filter((id) => contents.has(id)).slice(0, limit);
  const named = (ids: readonly string[]) => ids.map((identifier) => ({ identifier, name: contents.get(identifier) }));
  const half = Math.floor(found.length / 2);
  return { count: found.length, content: named(found.slice(0, half)), QuestionSet: named(found.slice(half)) };
}

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  const isSearch = request.method === 'POST' && request.url === '/api/content/v1/search';
  const search = JSON.parse(text) as Search;
  searches.push(search);
  response.statusCode = answer?.status ?? (isSearch ? 200 : 404);
  response.end(answer?.body ?? JSON.stringify({ responseCode: 'OK', result: resultOf(search) }));
}

beforeAll(async () => {
  server = createServer((request, response) => void respond(request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  answer = undefined;
  searches.length = 0;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

const namesAt = (at: string, timeoutMs = 10_000) => new HttpContentNames({ url: at, timeoutMs, maxRequests: 2 });

describeContentNames('HttpContentNames', () => ({
  names: namesAt(url),
  add: (id, name) => void contents.set(id, name),
}));

describe('HttpContentNames', () => {
  it('asks for 100 ids at a time, each once, and for nothing when there are none', async () => {
    await namesAt(url).namesOf([]);
    expect(searches).toEqual([]);
    const ids = Array.from({ length: 250 }, (_, index) => `do_${index}`);
    await namesAt(url).namesOf([...ids, ...ids]);
    expect(searches.map(({ request }) => request.limit).sort()).toEqual([100, 100, 50]);
    expect(searches.flatMap(({ request }) => request.filters.identifier).sort()).toEqual([...ids].sort());
  });

  it('takes no name that it did not ask for, and none that is no text', async () => {
    const content = [{ identifier: 'other', name: 'x' }, { identifier: 'do_1', name: 3 }, null, { name: 'no id' }];
    answer = { status: 200, body: JSON.stringify({ result: { count: 4, content } }) };
    expect(await namesAt(url).namesOf(['do_1'])).toEqual(new Map());
  });

  it.each([
    { name: 'a server error', status: 500, body: '{"responseCode":"SERVER_ERROR","result":{}}' },
    { name: 'overload', status: 429, body: '{"message":"slow down"}' },
    { name: 'an error page', status: 200, body: '<html>' },
    { name: 'success that is none', status: 200, body: '{"responseCode":"SERVER_ERROR","result":{}}' },
    { name: 'an answer without a result', status: 200, body: '{"responseCode":"OK"}' },
  ])('concludes nothing from $name', async (given) => {
    answer = given;
    await expect(namesAt(url).namesOf(['do_1'])).rejects.toMatchObject({
      code: 'CATALOGUE.UNAVAILABLE',
      retryable: true,
      context: { url: `${url}/api/content/v1/search` },
    });
  });

  it('fails, naming the setting, when nobody answers', async () => {
    await expect(namesAt('http://127.0.0.1:1').namesOf(['do_1'])).rejects.toMatchObject({
      code: 'CATALOGUE.UNAVAILABLE',
      message: expect.stringContaining('CONTENT_API_URL') as unknown,
    });
  });
});
