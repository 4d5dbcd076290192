import Ajv from 'ajv';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { validationMetadatasToSchemas } from 'class-validator-jsonschema';

import { epochMsSchema, IS_EPOCH_MS } from './is-epoch-ms.validator';

type MessageClass<T> = new () => T;

/** `undefined` when the value is a valid message, else what is wrong with it: each field's path and what was expected. */
export type MessageGate = (value: unknown) => string | undefined;

const SCHEMAS = '#/definitions/';
const REPORTED_PROBLEMS = 5;

/**
 * The gate of a message class. Its decorators are the one source of what is valid: a JSON Schema made from them and
 * compiled once lets valid messages pass; whatever that refuses is judged, and the reason worded, by the decorators.
 */
export function messageGate<T extends object>(type: MessageClass<T>): MessageGate {
  const definitions = validationMetadatasToSchemas({
    classTransformerMetadataStorage: defaultMetadataStorage,
    refPointerPrefix: SCHEMAS,
    additionalConverters: { [IS_EPOCH_MS]: epochMsSchema },
  });
  const ajv = new Ajv({ strict: false, strictNumbers: true });
  const accepts = ajv.compile({ definitions, $ref: SCHEMAS + type.name });
  return (value) => (accepts(value) ? undefined : problemsOf(type, value));
}

function problemsOf<T extends object>(type: MessageClass<T>, value: unknown): string | undefined {
  const problems = validateSync(plainToInstance(type, value), { forbidUnknownValues: true }).flatMap((error) =>
    worded(error),
  );
  if (problems.length === 0) return undefined;
  const more = problems.length - REPORTED_PROBLEMS;
  return problems.slice(0, REPORTED_PROBLEMS).join('; ') + (more > 0 ? `; and ${more} more` : '');
}

/** Messages name the property; in front of it stands the path of the object it is in. */
function worded(error: ValidationError, parent = ''): string[] {
  const path = parent ? `${parent}.${error.property}` : error.property;
  const own = Object.values(error.constraints ?? {}).map((message) => `${parent ? `${parent}.` : ''}${message}`);
  return [...own, ...(error.children ?? []).flatMap((child) => worded(child, path))];
}
