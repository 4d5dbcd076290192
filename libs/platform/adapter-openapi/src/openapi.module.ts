import { type DynamicModule } from '@nestjs/common';
import { ApiDocument } from './api-document';
import { DocsController } from './docs.controller';

/** `/docs` and `/docs/json`. */
export class OpenApiModule {
  static with(document: ApiDocument): DynamicModule {
    return {
      module: OpenApiModule,
      controllers: [DocsController],
      providers: [{ provide: ApiDocument, useValue: document }],
    };
  }
}
