import {
  createHttpApp,
  type HttpApp,
  type HttpAppOptions,
  httpLimits,
  HttpLimitSettings,
} from '@scorekeep/platform/adapter-http';
import { AppModule, type AppParts } from './app.module';
import { contentStateDocument } from './openapi/content-state-document';
import { statusByCode } from './status-by-code';

/** The API over its servers, ready to listen, its document included. */
export async function createContentStateApi(
  parts: Omit<AppParts, 'document'>,
  options: Pick<HttpAppOptions, 'logger' | 'authenticator' | 'rateLimit'>,
): Promise<HttpApp> {
  const document = contentStateDocument();
  const limits = httpLimits(parts.settings.get(HttpLimitSettings));
  const app = await createHttpApp(AppModule.with({ ...parts, document }), { ...options, limits, statusByCode });
  document.describe(app.routes);
  return app;
}
