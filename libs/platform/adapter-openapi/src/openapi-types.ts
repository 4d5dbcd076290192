/** JSON Schema as OpenAPI 3.0 has it. */
export type JsonSchema = object;

export interface ApiInfo {
  readonly title: string;
  readonly version: string;
  readonly description: string;
}

/** A call that works: what is sent, and the result that comes back in the envelope. */
export interface RouteExample {
  readonly summary: string;
  /** The body; absent where the route takes none. */
  readonly request?: object;
  readonly result: object;
}

/** What an app says about a route, besides what its decorators say. */
export interface RouteDescription {
  readonly summary: string;
  readonly description?: string;
  /** Of path, query and headers, besides those that every route has. */
  readonly parameters?: readonly object[];
  /** Of `result` in the envelope. */
  readonly result: JsonSchema;
  /** By name. */
  readonly examples: Readonly<Record<string, RouteExample>>;
}

/** By method and path: `POST /v1/content/state/read`. */
export type RouteDescriptions = Readonly<Record<string, RouteDescription>>;

/** OpenAPI 3.0.3, as far as it is used. */
export interface OpenApiDocument {
  readonly openapi: '3.0.3';
  readonly info: ApiInfo;
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly responses: Readonly<Record<string, object>>;
    readonly securitySchemes: object;
  };
}

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly security: readonly object[];
  readonly parameters: readonly object[];
  readonly requestBody?: object;
  readonly responses: Readonly<Record<string, object>>;
}
