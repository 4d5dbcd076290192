import { type BodyClass } from '@scorekeep/platform/util-http';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage';
import { validationMetadatasToSchemas } from 'class-validator-jsonschema';
import { type JsonSchema } from './openapi-types';

const POINTER = '#/components/schemas/';

/** Schemas of class-validator's custom validators, by their name. */
export type SchemaConverters = NonNullable<
  NonNullable<Parameters<typeof validationMetadatasToSchemas>[0]>['additionalConverters']
>;

/** Properties that decorators say nothing of, by class name and property. */
export type SchemaAdditions = Readonly<Record<string, Readonly<Record<string, JsonSchema>>>>;

export interface SchemaParts {
  readonly converters?: SchemaConverters;
  readonly additions?: SchemaAdditions;
}

/** What OpenAPI 3.0 cannot say (no type is null there) and what says nothing beside `required`. */
const IGNORED: SchemaConverters = { isDefined: {} };

/** The schemas of the classes and of all that they refer to, by class name. */
export function bodySchemas(
  classes: readonly BodyClass[],
  { converters = {}, additions = {} }: SchemaParts,
): Record<string, JsonSchema> {
  const all: Readonly<Record<string, JsonSchema>> = validationMetadatasToSchemas({
    classTransformerMetadataStorage: defaultMetadataStorage,
    refPointerPrefix: POINTER,
    additionalConverters: { ...IGNORED, ...converters },
  });
  const wanted = new Map<string, JsonSchema>();
  const visit = (name: string): void => {
    const schema = all[name];
    if (schema === undefined || wanted.has(name)) return;
    wanted.set(name, withProperties(withoutSiblings(schema), additions[name]));
    for (const [, referred = ''] of JSON.stringify(schema).matchAll(/#\/components\/schemas\/(\w+)/g)) visit(referred);
  };
  for (const { name } of classes) visit(name);
  return Object.fromEntries([...wanted].sort(([left], [right]) => left.localeCompare(right)));
}

/** Beside a reference nothing counts in OpenAPI 3.0. */
function withoutSiblings(schema: JsonSchema): JsonSchema {
  const json = JSON.stringify(schema, (_, value: unknown) => (isReference(value) ? { $ref: value.$ref } : value));
  return JSON.parse(json) as JsonSchema;
}

function isReference(value: unknown): value is { readonly $ref: string } {
  return typeof value === 'object' && value !== null && '$ref' in value;
}

function withProperties(schema: JsonSchema, added: Readonly<Record<string, JsonSchema>> = {}): JsonSchema {
  const { properties = {} } = schema as { readonly properties?: object };
  return { ...schema, properties: { ...properties, ...added } };
}

export function schemaReference({ name }: BodyClass): JsonSchema {
  return { $ref: POINTER + name };
}
