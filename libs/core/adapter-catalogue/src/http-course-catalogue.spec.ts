import { type AddressInfo } from 'node:net';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { describeCourseCatalogue } from '@scorekeep/core/testing-core';
import { HttpCourseCatalogue } from './http-course-catalogue';

type Respond = (request: IncomingMessage, response: ServerResponse) => void;

const contents = new Map<string, Record<string, unknown>>();
const put = async (id: string, field: string, value: unknown): Promise<void> => {
  contents.set(id, { ...contents.get(id), identifier: id, [field]: value });
};

/** As Sunbird's content service answers. */
const contentService: Respond = (request, response) => {
  const id = decodeURIComponent(/^\/content\/v3\/read\/([^/?]+)$/.exec(request.url ?? '')?.[1] ?? '');
  const content = contents.get(id);
  response.statusCode = content ? 200 : 404;
  const responseCode = content ? 'OK' : 'RESOURCE_NOT_FOUND';
  response.end(JSON.stringify({ id: 'api.content.read', responseCode, result: content ? { content } : {} }));
};

let respond = contentService;
let server: Server;
let url = '';

beforeAll(async () => {
  server = createServer((request, response) => respond(request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => (respond = contentService));
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

const catalogueAt = (at: string, timeoutMs = 10_000) => new HttpCourseCatalogue({ url: at, timeoutMs, maxRequests: 4 });

describeCourseCatalogue('HttpCourseCatalogue', () => ({
  create: () => catalogueAt(url),
  createUnreachable: () => catalogueAt('http://127.0.0.1:1'),
  putLeafNodes: (courseId, contentIds) => put(courseId, 'leafNodes', contentIds),
  putTotalQuestions: (contentId, count) => put(contentId, 'totalQuestions', count),
}));

describe('HttpCourseCatalogue', () => {
  const answering = (status: number, body: string): void => {
    respond = (_, response) => {
      response.statusCode = status;
      response.end(body);
    };
  };

  it.each([
    { name: 'a server error', status: 500, body: '{"responseCode":"SERVER_ERROR","result":{}}' },
    { name: 'overload', status: 429, body: '{"message":"slow down"}' },
    { name: 'refused access', status: 403, body: '{"message":"no"}' },
    { name: 'an error page', status: 404, body: '<html>' },
    { name: 'an empty error', status: 404, body: '' },
    { name: 'another page', status: 200, body: '<html>' },
    { name: 'an answer to another question', status: 200, body: '{"result":{"count":0}}' },
    { name: 'success that is none', status: 200, body: '{"responseCode":"SERVER_ERROR","result":{"content":{}}}' },
  ])('concludes nothing from $name', async ({ status, body }) => {
    answering(status, body);
    const unavailable = { code: 'CATALOGUE.UNAVAILABLE', retryable: true };
    await expect(catalogueAt(url).totalQuestionsOf('do_1')).rejects.toMatchObject({
      ...unavailable,
      context: { url: `${url}/content/v3/read/do_1` },
    });
  });

  it.each([
    { name: 'no such content', status: 404, body: '{"responseCode":"RESOURCE_NOT_FOUND","result":{}}' },
    { name: 'no such content, of another make', status: 404, body: '{}' },
    { name: 'an id that is none', status: 400, body: '{"responseCode":"CLIENT_ERROR"}' },
    { name: 'a content without the field', status: 200, body: '{"responseCode":"OK","result":{"content":{}}}' },
    { name: 'a field without sense', status: 200, body: '{"result":{"content":{"totalQuestions":"many"}}}' },
    { name: 'no questions', status: 200, body: '{"result":{"content":{"totalQuestions":0}}}' },
  ])('takes $name for "not known"', async ({ status, body }) => {
    answering(status, body);
    expect(await catalogueAt(url).totalQuestionsOf('do_1')).toBeUndefined();
  });

  it('gives up on an answer that does not come, or does not end', async () => {
    for (const silence of [
      () => undefined,
      (_: IncomingMessage, response: ServerResponse) => void response.write('{'),
    ]) {
      respond = silence;
      await expect(catalogueAt(url, 50).leafNodesOf('do_1')).rejects.toMatchObject({ code: 'CATALOGUE.UNAVAILABLE' });
    }
  });

  it('has a limited number of requests under way', async () => {
    let [underWay, most] = [0, 0];
    respond = (_, response) => {
      underWay += 1;
      most = Math.max(most, underWay);
      setTimeout(() => {
        underWay -= 1;
        response.end('{"result":{"content":{"totalQuestions":2}}}');
      }, 5);
    };
    const catalogue = catalogueAt(url);
    const counts = await Promise.all(
      Array.from({ length: 20 }, (_, index) => catalogue.totalQuestionsOf(`do_${index}`)),
    );
    expect(counts).toEqual(Array(20).fill(2));
    expect(most).toBe(4);
  });
});
