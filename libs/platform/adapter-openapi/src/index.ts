export { ApiDocument } from './api-document';
export { type SchemaAdditions, type SchemaConverters } from './body-schemas';
export { type DocumentParts } from './openapi-document';
export {
  type ApiInfo,
  type JsonSchema,
  type OpenApiDocument,
  type RouteDescription,
  type RouteDescriptions,
  type RouteExample,
} from './openapi-types';
export { OpenApiModule } from './openapi.module';
