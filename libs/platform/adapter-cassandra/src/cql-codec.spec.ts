import { createRequire } from 'node:module';
import { types } from 'cassandra-driver';
import * as fc from 'fast-check';
import { CqlReader } from './cql-reader';
import { CqlWriter } from './cql-writer';

interface Encoder {
  encode(value: unknown, type: { code: number; info?: unknown }): Buffer;
}
const DriverEncoder = createRequire(__filename)('cassandra-driver/lib/encoder') as new (
  protocolVersion: number,
  options: object,
) => Encoder;
const driver = new DriverEncoder(4, { encoding: { useBigIntAsLong: true, map: Map } });
const { dataTypes } = types;

/** What the driver puts on the wire for a value within a collection. */
function byDriver(value: unknown, code: number): string {
  const bytes = driver.encode(value, { code });
  const length = Buffer.alloc(4);
  length.writeInt32BE(bytes.length);
  return Buffer.concat([length, bytes]).toString('hex');
}

const written = (write: (writer: CqlWriter) => void): Buffer => {
  const writer = new CqlWriter();
  write(writer);
  return writer.take();
};

const wholeMs = fc.integer({ min: -8_640_000_000_000_000, max: 8_640_000_000_000_000 });
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const anyText = fc.string({ unit: 'binary', maxLength: 30 });
const decimals = fc.oneof(fc.integer(), finite, fc.constantFrom(0, -0, 128, -128, -129, 2 ** 31, 1e21, 1e-9, 0.1));

describe('values on the wire', () => {
  it('are written as by the driver, and read back', () => {
    fc.assert(
      fc.property(
        fc.record({ text: anyText, double: finite, int: fc.integer(), bigint: int64, boolean: fc.boolean() }),
        ({ text, double, int, bigint, boolean }) => {
          const bytes = written((writer) => {
            writer.text(text);
            writer.double(double);
            writer.int(int);
            writer.bigint(bigint);
            writer.boolean(boolean);
            writer.null();
          });
          expect(bytes.toString('hex')).toBe(
            byDriver(text, dataTypes.text) +
              byDriver(double, dataTypes.double) +
              byDriver(int, dataTypes.int) +
              byDriver(bigint, dataTypes.bigint) +
              byDriver(boolean, dataTypes.boolean) +
              'ffffffff',
          );
          const reader = new CqlReader(bytes);
          expect([reader.text(), reader.double(), reader.int(), reader.bigint(), reader.boolean()]).toEqual([
            // what is no text at all (half a surrogate pair) is replaced, by the driver too
            Buffer.from(text).toString(),
            ...[double, int, bigint, boolean],
          ]);
          expect(reader.text()).toBeNull();
        },
      ),
    );
  });

  it('are times in ms', () => {
    fc.assert(
      fc.property(wholeMs, (ms) => {
        const bytes = written((writer) => writer.timestamp(ms));
        expect(bytes.toString('hex')).toBe(byDriver(new Date(ms), dataTypes.timestamp));
        expect(new CqlReader(bytes).timestamp()).toBe(ms);
      }),
    );
  });

  it('are decimals that read back as the same double', () => {
    fc.assert(
      fc.property(decimals, (value) => {
        const bytes = written((writer) => writer.decimal(value));
        expect(new CqlReader(bytes).decimal()).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it('are decimals as the driver writes them', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), fc.integer({ min: 0, max: 6 }), (unscaled, scale) => {
        const value = Number(`${unscaled}e${-scale}`);
        const bytes = written((writer) => writer.decimal(value));
        expect(bytes.toString('hex')).toBe(byDriver(types.BigDecimal.fromString(plain(value)), dataTypes.decimal));
      }),
    );
  });

  it('grow beyond the first buffer, and begin anew when taken', () => {
    const writer = new CqlWriter();
    const long = 'ü'.repeat(200_000);
    writer.text(long);
    expect(new CqlReader(writer.take()).text()).toBe(long);
    writer.int(1);
    expect(writer.take().toString('hex')).toBe('0000000400000001');
  });

  it('take an empty value of a type that has none for none', () => {
    const reader = new CqlReader(Buffer.from('0000000000000000000000000000000000000000', 'hex'));
    expect([reader.double(), reader.timestamp(), reader.decimal(), reader.text(), reader.int()]).toEqual([
      ...[null, null, null, '', null],
    ]);
  });

  it('that end in the middle are refused', () => {
    expect(() => new CqlReader(Buffer.from('0000000400', 'hex')).int()).toThrow('ends behind the last byte');
    expect(() => new CqlReader(Buffer.from('0000', 'hex')).int()).toThrow('outside buffer bounds');
  });
});

/** `String` without exponents, which the driver's parser does not know. */
function plain(value: number): string {
  const text = String(value);
  if (!text.includes('e')) return text;
  return value.toFixed(20).replace(/0+$/, '');
}
