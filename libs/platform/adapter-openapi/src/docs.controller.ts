import { Controller, Get, Header } from '@nestjs/common';
import { OpenRoute } from '@scorekeep/platform/util-http';
import { ApiDocument } from './api-document';
import { type OpenApiDocument } from './openapi-types';
import { contentSecurityPolicy, page, startScript, swaggerFile } from './swagger-page';

const A_DAY = 'public, max-age=86400';
const SCRIPT = 'text/javascript; charset=utf-8';

/** The document, and a page that shows it. */
@Controller('docs')
export class DocsController {
  constructor(private readonly document: ApiDocument) {}

  @Get()
  @OpenRoute()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', contentSecurityPolicy)
  page(): string {
    return page;
  }

  @Get('json')
  @OpenRoute()
  json(): OpenApiDocument {
    return this.document.content;
  }

  @Get('start.js')
  @OpenRoute()
  @Header('content-type', SCRIPT)
  start(): string {
    return startScript;
  }

  @Get('swagger-ui.css')
  @OpenRoute()
  @Header('content-type', 'text/css; charset=utf-8')
  @Header('cache-control', A_DAY)
  styles(): Promise<string> {
    return swaggerFile('swagger-ui.css');
  }

  @Get('swagger-ui-bundle.js')
  @OpenRoute()
  @Header('content-type', SCRIPT)
  @Header('cache-control', A_DAY)
  script(): Promise<string> {
    return swaggerFile('swagger-ui-bundle.js');
  }
}
