import { type FastifyAdapter } from '@nestjs/platform-fastify';
import { saturated } from './http.errors';
import { type HttpReply, type HttpRequest } from './http-types';
import { parseJsonBody } from './json-body.parser';
import { type Readiness } from './readiness';
import { type RequestGate } from './request-gate';
import { type RequestMetrics } from './request-metrics';
import { type RouteAccess } from './route-access';
import { type RouteTable } from './route-table';

export interface HookParts {
  readonly access: RouteAccess;
  readonly gate: RequestGate;
  readonly readiness: Readiness;
  readonly metrics: RequestMetrics;
}

/** Must be told before Nest registers its routes. */
export function collectRoutes(adapter: FastifyAdapter, routes: RouteTable): void {
  adapter.getInstance().addHook('onRoute', ({ method, url, config }) => {
    for (const each of [method].flat()) routes.add({ method: each, url, config });
  });
}

/** JSON and nothing else; Fastify would take plain text too. */
export function parseJsonOnly(adapter: FastifyAdapter): void {
  const fastify = adapter.getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    try {
      done(null, parseJsonBody(String(text)));
    } catch (error) {
      done(error as Error);
    }
  });
}

/** What happens to a request before its body is read, and to its answer. */
export function addRequestHooks(adapter: FastifyAdapter, { access, gate, readiness, metrics }: HookParts): void {
  const fastify = adapter.getInstance();
  fastify.addHook('onRequest', (request: HttpRequest, reply: HttpReply, done) => {
    const { url, config } = request.routeOptions;
    if (url === undefined) return done();
    const route = { url, config };
    if (!access.isServed(request, route)) return reply.callNotFound();
    if (access.isOpen(route)) return done();
    // Refused here, before anything was spent on it, a request costs the least.
    if (gate.isFull) return done(saturated());
    gate.whileArriving(() => access.admit(request, route)).then(() => done(), done);
  });
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (readiness.isStopping) reply.header('connection', 'close');
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    metrics.ended(request, reply);
    done();
  });
}
