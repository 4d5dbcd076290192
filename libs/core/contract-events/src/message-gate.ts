import Ajv, { type ValidateFunction } from 'ajv';
import { validationMetadatasToSchemas } from 'class-validator-jsonschema';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage';
import { validateSync, type ValidationError } from 'class-validator';
import { EPOCH_MS_FORMAT, epochMsSchema, IS_EPOCH_MS, isEpochMsText } from './is-epoch-ms.validator';
import { type MessageClass, messageInstance } from './message-instance';

/** `undefined` when the value is a valid message, else what is wrong with it: each field's path and what was expected. */
export type MessageGate = (value: object) => string | undefined;

const SCHEMAS = '#/definitions/';
const REPORTED_PROBLEMS = 5;
const VALIDATION = { forbidUnknownValues: true, stopAtFirstError: true };
/** Said beside what `IsObject` says better. */
const NESTED = 'nestedValidation';

/**
 * The gate of a message class. Its decorators are the one source of what is valid: a JSON Schema made from them and
 * compiled once, for the first message, lets valid messages pass; of what that refuses, the decorators word the reason.
 */
export function messageGate<T extends object>(type: MessageClass<T>): MessageGate {
  let accepts: ValidateFunction | undefined;
  return (value) => {
    accepts ??= compiledSchema(type);
    return accepts(value) ? undefined : problemsOf(type, value);
  };
}

function compiledSchema<T extends object>(type: MessageClass<T>): ValidateFunction {
  const definitions = validationMetadatasToSchemas({
    classTransformerMetadataStorage: defaultMetadataStorage,
    refPointerPrefix: SCHEMAS,
    additionalConverters: { [IS_EPOCH_MS]: epochMsSchema },
  });
  const ajv = new Ajv({ strict: false, strictNumbers: true, formats: { [EPOCH_MS_FORMAT]: isEpochMsText } });
  return ajv.compile({ definitions, $ref: SCHEMAS + type.name });
}

function problemsOf<T extends object>(type: MessageClass<T>, value: object): string {
  const problems = validateSync(messageInstance(type, value), VALIDATION).flatMap((error) => worded(error));
  const more = problems.length - REPORTED_PROBLEMS;
  return problems.slice(0, REPORTED_PROBLEMS).join('; ') + (more > 0 ? `; and ${more} more` : '');
}

/** Messages name the property; in front of it stands the path of the object it is in. Of a wrong list, no element is judged. */
function worded({ property, constraints = {}, children = [] }: ValidationError, parent = ''): string[] {
  const messages = Object.entries(constraints).flatMap(([name, message]) =>
    name === NESTED ? [] : [parent + message],
  );
  if (messages.length > 0) return messages;
  return children.flatMap((child) => worded(child, `${parent}${property}.`));
}
