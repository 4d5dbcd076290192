import { type MethodRoute } from '@scorekeep/platform/adapter-http';
import { type DocumentParts, openApiDocument } from './openapi-document';
import { type OpenApiDocument } from './openapi-types';
import { badDescriptions } from './openapi.errors';

/** The document of one app. Its own injection token. */
export class ApiDocument {
  private written: OpenApiDocument | undefined;

  constructor(private readonly parts: DocumentParts) {}

  /** Must be told once the app is built. @throws OPENAPI.BAD_DESCRIPTIONS when a route is not described */
  describe(routes: readonly MethodRoute[]): void {
    this.written = openApiDocument(this.parts, routes);
  }

  /** @throws OPENAPI.BAD_DESCRIPTIONS before `describe` */
  get content(): OpenApiDocument {
    if (!this.written) throw badDescriptions('the routes are not known yet');
    return this.written;
  }
}
