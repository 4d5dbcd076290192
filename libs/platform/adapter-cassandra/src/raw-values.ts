import { createRequire } from 'node:module';
import { type ClientOptions, types } from 'cassandra-driver';

/**
 * A value of a user-defined type, or a list, set or map of such values, as the server sent it. Read it with a
 * {@link CqlReader}.
 */
export interface RawValue {
  /** In the native protocol's form. Of a collection: a count, then each element (of a map: key, value) behind its length. */
  readonly bytes: Buffer;
  /** The type's field names in the order in which the server has them. */
  readonly fields: readonly string[];
}

type Encoding = NonNullable<ClientOptions['encoding']>;

interface TypeInfo {
  readonly code: types.dataTypes;
  readonly info: unknown;
}

interface DriverEncoder {
  readonly encodingOptions: { readonly rawUserTypes?: boolean };
  decode: (this: DriverEncoder, bytes: Buffer | null, type: TypeInfo) => unknown;
}

/** The driver builds an object per element and field, which is nine tenths of the cost of reading answers. */
const { prototype: encoder } = createRequire(__filename)('cassandra-driver/lib/encoder') as {
  readonly prototype: DriverEncoder;
};
const decodeByDriver = encoder.decode;

/*
 * The driver has no public hook for decoding; this replaces one internal method, for the clients that ask for it with
 * `withRawUserTypes`. Its version is pinned, and the session's integration spec fails when this no longer takes hold.
 */
encoder.decode = function decode(bytes, type) {
  const fields = this.encodingOptions.rawUserTypes === true && bytes ? fieldsOf(type) : undefined;
  return fields && bytes ? ({ bytes, fields } satisfies RawValue) : decodeByDriver.call(this, bytes, type);
};

/** Makes a client give user-defined types as {@link RawValue}. */
export function withRawUserTypes(encoding: Encoding): Encoding {
  return { ...encoding, rawUserTypes: true } as Encoding;
}

function fieldsOf(type: TypeInfo): readonly string[] | undefined {
  const element = elementOf(type);
  if (element.code !== types.dataTypes.udt) return undefined;
  return (element.info as { fields: { name: string }[] }).fields.map(({ name }) => name);
}

/** Of a map its values, of any type that is no collection the type itself. */
function elementOf(type: TypeInfo): TypeInfo {
  const { list, set, map } = types.dataTypes;
  if (type.code === map) return (type.info as [TypeInfo, TypeInfo])[1];
  return type.code === list || type.code === set ? (type.info as TypeInfo) : type;
}
