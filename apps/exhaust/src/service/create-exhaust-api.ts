import {
  createHttpApp,
  type HttpApp,
  type HttpAppOptions,
  httpLimits,
  HttpLimitSettings,
} from '@scorekeep/platform/adapter-http';
import { exhaustDocument } from './openapi/exhaust-document';
import { ApiModule, type HttpParts } from './api.module';
import { type ServiceParts } from './service-ports';
import { statusByCode } from './status-by-code';

/** The API over its servers, ready to listen, its document included. */
export async function createExhaustApi(
  parts: ServiceParts & HttpParts,
  options: Pick<HttpAppOptions, 'authenticator' | 'rateLimit'>,
): Promise<HttpApp> {
  const document = exhaustDocument();
  const { logger, configuration } = parts;
  const limits = httpLimits(configuration.settings.get(HttpLimitSettings));
  const module = ApiModule.with(parts, ApiModule.requests(parts, document));
  const app = await createHttpApp(module, { ...options, logger, limits, statusByCode });
  document.describe(app.routes);
  return app;
}
