import { type Socket } from 'node:net';
import { type DynamicModule, HttpException, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Authenticator, type RateLimit } from '@scorekeep/platform/util-http';
import { type Logger, NestLogger } from '@scorekeep/platform/util-logging';
import { MetricsRegistry } from '@scorekeep/platform/util-metrics';
import { answerClientError } from './client-error';
import { EnvelopeInterceptor } from './envelope.interceptor';
import { type StatusByCode } from './failure';
import { HttpApp } from './http-app';
import { type HttpLimits, httpLimits } from './http-limits.settings';
import { type HttpReply, type HttpRequest } from './http-types';
import { PrivatePort } from './private-port';
import { Readiness } from './readiness';
import { RequestGate } from './request-gate';
import { RequestGateInterceptor } from './request-gate.interceptor';
import { addRequestHooks, collectRoutes, parseJsonOnly } from './request-hooks';
import { RequestMetrics } from './request-metrics';
import { RouteAccess } from './route-access';
import { RouteTable } from './route-table';
import { serverOptions } from './server-options';
import { SunbirdExceptionFilter } from './sunbird-exception.filter';

export interface HttpAppOptions {
  readonly logger: Logger;
  readonly statusByCode?: StatusByCode;
  /** Default: those of `HttpLimitSettings`. */
  readonly limits?: Partial<HttpLimits>;
  /** Checks who calls public routes. Without it those that are not open are off. */
  readonly authenticator?: Authenticator;
  /** How often a caller may call public routes. Without it, as often as they like. */
  readonly rateLimit?: RateLimit;
}

/**
 * Builds the app of a module that lists `HealthController` and provides `Readiness` and `MetricsRegistry`. It answers
 * `inject` already, and the network after `listen`.
 * @throws what the module throws while it starts.
 */
export async function createHttpApp(module: Type | DynamicModule, options: HttpAppOptions): Promise<HttpApp> {
  const { logger, statusByCode = {}, authenticator, rateLimit } = options;
  const limits = { ...httpLimits(), ...options.limits };
  const routes = new RouteTable();
  const gate = new RequestGate(limits);
  const adapter = fastifyAdapter(limits, (error, request, reply) => filter.answer(error, request, reply));
  const privatePort = new PrivatePort((request, response) => adapter.getInstance().routing(request, response));
  const access = new RouteAccess({ privatePort, authenticator, rateLimit });
  collectRoutes(adapter, routes);
  parseJsonOnly(adapter);
  const nest = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bodyParser: false,
    abortOnError: false,
    logger: new NestLogger(logger),
  });
  const readiness = nest.get(Readiness, { strict: false });
  const metrics = new RequestMetrics(nest.get(MetricsRegistry, { strict: false }), gate);
  const filter = new SunbirdExceptionFilter({
    statusByCode,
    logger,
    allowedMethods: (request, path) =>
      routes.at(path).flatMap((route) => (access.isServed(request, route) ? [route.method] : [])),
    onFailure: (code) => metrics.failed(code),
  });
  addRequestHooks(adapter, { access, gate, readiness, metrics });
  nest.useGlobalFilters(filter);
  nest.useGlobalInterceptors(new RequestGateInterceptor(gate, limits.requestTimeoutMs), new EnvelopeInterceptor());
  await nest.init();
  await adapter.getInstance().ready();
  const { shutdownDelayMs } = limits;
  return new HttpApp(nest, { routes, privateServer: privatePort.server, readiness, shutdownDelayMs });
}

type AnswerFailure = (error: HttpException, request: HttpRequest, reply: HttpReply) => void;

function fastifyAdapter({ maxBodyBytes }: HttpLimits, answer: AnswerFailure): FastifyAdapter {
  const { keepAliveTimeout, requestTimeout, ...http } = serverOptions;
  return new FastifyAdapter({
    http,
    keepAliveTimeout,
    requestTimeout,
    bodyLimit: maxBodyBytes,
    // While the app stops, requests on connections that are still open are answered; the connection closes after each.
    return503OnClosing: false,
    clientErrorHandler: (error: Error, socket: Socket) => answerClientError(error, socket),
    frameworkErrors: (error: Error, request: HttpRequest, reply: unknown) =>
      answer(toHttpException(error), request, reply as HttpReply),
  });
}

/** Fastify's own errors, met before there is a route: a path that cannot be decoded, or is too long. */
function toHttpException({ message, statusCode }: Error & { readonly statusCode?: number }): HttpException {
  return new HttpException(message, statusCode ?? 400);
}
