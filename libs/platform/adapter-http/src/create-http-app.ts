import { type DynamicModule, HttpException, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Logger, NestLogger } from '@scorekeep/platform/util-logging';
import { type Authenticator } from '@scorekeep/platform/util-http';
import { MetricsRegistry } from '@scorekeep/platform/util-metrics';
import { EnvelopeInterceptor } from './envelope.interceptor';
import { type StatusByCode } from './failure';
import { HttpApp } from './http-app';
import { type HttpReply, type HttpRequest } from './http-types';
import { PrivatePort } from './private-port';
import { Readiness } from './readiness';
import { requestDurations } from './request-metrics';
import { RouteAccess } from './route-access';
import { RouteTable } from './route-table';
import { SunbirdExceptionFilter } from './sunbird-exception.filter';

export interface HttpAppOptions {
  readonly logger: Logger;
  readonly statusByCode?: StatusByCode;
  /** A larger body is refused with 413. Default 1 MiB. */
  readonly bodyLimitBytes?: number;
  /** Checks who calls public routes. Without it those that are not open are off. */
  readonly authenticator?: Authenticator;
}

/**
 * Builds the app of a module that lists `HealthController` and provides `Readiness` and `MetricsRegistry`. It answers
 * `inject` already, and the network after `listen`.
 * @throws what the module throws while it starts.
 */
export async function createHttpApp(module: Type | DynamicModule, options: HttpAppOptions): Promise<HttpApp> {
  const { logger, statusByCode = {}, bodyLimitBytes = 1024 * 1024 } = options;
  const routes = new RouteTable();
  const filter = new SunbirdExceptionFilter(statusByCode, logger, (request, path) =>
    routes.at(path).flatMap((route) => (access.isServed(request, route) ? [route.method] : [])),
  );
  const adapter = new FastifyAdapter({
    bodyLimit: bodyLimitBytes,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    // While the app stops, requests on connections that are still open are answered; the connection closes after each.
    return503OnClosing: false,
    frameworkErrors: (error: Error, request: HttpRequest, reply: unknown) =>
      filter.answer(toHttpException(error), request, reply as HttpReply),
  });
  const privatePort = new PrivatePort((request, response) => adapter.getInstance().routing(request, response));
  const access = new RouteAccess(privatePort, options.authenticator);
  collectRoutes(adapter, routes);
  const nest = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bodyParser: false,
    abortOnError: false,
    logger: new NestLogger(logger),
  });
  const readiness = nest.get(Readiness, { strict: false });
  addHooks(adapter, access, { readiness, metrics: nest.get(MetricsRegistry, { strict: false }) });
  nest.useGlobalFilters(filter);
  nest.useGlobalInterceptors(new EnvelopeInterceptor());
  await nest.init();
  await adapter.getInstance().ready();
  return new HttpApp(nest, privatePort.server, readiness);
}

/** Fastify's own errors, met before there is a route: a path that cannot be decoded, or is too long. */
function toHttpException({ message, statusCode }: Error & { readonly statusCode?: number }): HttpException {
  return new HttpException(message, statusCode ?? 400);
}

/** Must be told before Nest registers its routes. */
function collectRoutes(adapter: FastifyAdapter, routes: RouteTable): void {
  adapter.getInstance().addHook('onRoute', ({ method, url, config }) => {
    for (const each of [method].flat()) routes.add({ method: each, url, config });
  });
}

function addHooks(
  adapter: FastifyAdapter,
  access: RouteAccess,
  { readiness, metrics }: { readonly readiness: Readiness; readonly metrics: MetricsRegistry },
): void {
  const fastify = adapter.getInstance();
  const observe = requestDurations(metrics);
  // The API speaks JSON only; Fastify would take plain text too.
  fastify.removeContentTypeParser('text/plain');
  fastify.addHook('onRequest', (request: HttpRequest, reply: HttpReply, done) => {
    const { url, config } = request.routeOptions;
    if (url === undefined) done();
    else if (access.isServed(request, { url, config })) access.admit(request, { url, config }).then(() => done(), done);
    else reply.callNotFound();
  });
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (readiness.isStopping) reply.header('connection', 'close');
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    observe(request, reply);
    done();
  });
}
