import { BATCH, type BenchLearners, COURSE } from './bench-learners';

/** Whole requests, one per learner, ready to be sent. */
export interface BenchRequests {
  readonly read: readonly Buffer[];
  readonly update: readonly Buffer[];
}

interface Route {
  readonly method: string;
  readonly path: string;
}

/** The same bodies for both sides; the bare one gets no token. */
export function requestsFor(side: 'api' | 'bare', learners: BenchLearners): BenchRequests {
  const read = side === 'api' ? '/v1/content/state/read' : '/read';
  const update = side === 'api' ? '/v1/content/state/update' : '/update';
  const make = (route: Route, bodyOf: (userId: string) => object): Buffer[] =>
    learners.ids.map((id, index) => {
      const token = side === 'api' ? `x-authenticated-user-token: ${learners.tokens[index]}\r\n` : '';
      return requestBytes(route, token, JSON.stringify(bodyOf(id)));
    });
  return {
    read: make({ method: 'POST', path: read }, (userId) => ({
      request: { userId, courseId: COURSE, batchId: BATCH, fields: ['progress'] },
    })),
    update: make({ method: 'PATCH', path: update }, (userId) => ({
      request: {
        userId,
        contents: [{ contentId: 'do_content_3', courseId: COURSE, batchId: BATCH, status: 1, progress: 50 }],
      },
    })),
  };
}

function requestBytes({ method, path }: Route, headers: string, body: string): Buffer {
  return Buffer.from(
    `${method} ${path} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\n${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
