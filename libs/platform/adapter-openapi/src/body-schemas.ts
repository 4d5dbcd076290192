import { type BodyClass } from '@scorekeep/platform/util-http';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage';
import { validationMetadatasToSchemas } from 'class-validator-jsonschema';
import { type JsonSchema } from './openapi-types';

const POINTER = '#/components/schemas/';

/** Schemas of class-validator's custom validators, by their name. */
export type SchemaConverters = NonNullable<
  NonNullable<Parameters<typeof validationMetadatasToSchemas>[0]>['additionalConverters']
>;

/** The schemas of the classes and of all that they refer to, by class name. */
export function bodySchemas(classes: readonly BodyClass[], converters: SchemaConverters): Record<string, JsonSchema> {
  const all: Readonly<Record<string, JsonSchema>> = validationMetadatasToSchemas({
    classTransformerMetadataStorage: defaultMetadataStorage,
    refPointerPrefix: POINTER,
    additionalConverters: converters,
  });
  const wanted = new Map<string, JsonSchema>();
  const visit = (name: string): void => {
    const schema = all[name];
    if (schema === undefined || wanted.has(name)) return;
    wanted.set(name, schema);
    for (const [, referred = ''] of JSON.stringify(schema).matchAll(/#\/components\/schemas\/(\w+)/g)) visit(referred);
  };
  for (const { name } of classes) visit(name);
  return Object.fromEntries([...wanted].sort(([left], [right]) => left.localeCompare(right)));
}

export function schemaReference({ name }: BodyClass): JsonSchema {
  return { $ref: POINTER + name };
}
