import { createRequire } from 'node:module';
import { type ClientOptions, types } from 'cassandra-driver';

/** A list, set or map whose values are of a user-defined type, as the server sent it. Read it with a {@link CqlReader}. */
export interface RawCollection {
  /** In the native protocol's form: a count, then each element (of a map: key, value) with its length before it. */
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
  readonly encodingOptions: { readonly rawCollections?: boolean };
  decode: (this: DriverEncoder, bytes: Buffer | null, type: TypeInfo) => unknown;
}

/** The driver builds an object per element and field, which is nine tenths of the cost of reading answers. */
const { prototype: encoder } = createRequire(__filename)('cassandra-driver/lib/encoder') as {
  readonly prototype: DriverEncoder;
};
const decodeByDriver = encoder.decode;

/*
 * The driver has no public hook for decoding; this replaces one internal method, for the clients that ask for it with
 * `withRawCollections`. Its version is pinned, and the session's integration spec fails when this no longer takes hold.
 */
encoder.decode = function decode(bytes, type) {
  const fields = this.encodingOptions.rawCollections === true && bytes ? fieldsOf(type) : undefined;
  return fields && bytes ? ({ bytes, fields } satisfies RawCollection) : decodeByDriver.call(this, bytes, type);
};

/** Makes a client give collections of user-defined types as {@link RawCollection}. */
export function withRawCollections(encoding: Encoding): Encoding {
  return { ...encoding, rawCollections: true } as Encoding;
}

function fieldsOf(type: TypeInfo): readonly string[] | undefined {
  const { list, set, map } = types.dataTypes;
  if (type.code !== list && type.code !== set && type.code !== map) return undefined;
  const element = (type.code === map ? (type.info as TypeInfo[])[1] : type.info) as TypeInfo;
  if (element.code !== types.dataTypes.udt) return undefined;
  return (element.info as { fields: { name: string }[] }).fields.map(({ name }) => name);
}
