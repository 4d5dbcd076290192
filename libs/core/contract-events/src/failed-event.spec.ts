import fc from 'fast-check';
import { failedEvent, type SetAsideRecord } from './failed-event.builder';
import { parseFailedEvent } from './failed-event.parser';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (value: Uint8Array | null): string => new TextDecoder().decode(value ?? undefined);
const aRecord = (value: string | Uint8Array | null): SetAsideRecord => ({
  ...{ topic: 'dev.telemetry.assess', partition: 3, offset: '9007199254740993', timestampMs: 1_700_000_000_000 },
  key: bytes('learner'),
  value: typeof value === 'string' ? bytes(value) : value,
  headers: { trace: new Uint8Array([1, 0xff]) },
});
const jsonOf = (value: Uint8Array | null): unknown => JSON.parse(textOf(value));

/** What the record is when it is read from the failed topic. */
function read(record: SetAsideRecord, reason: string) {
  const { key, value, headers } = failedEvent(record, reason);
  const asBytes = Object.entries(headers).map(([name, each]) => [name, typeof each === 'string' ? bytes(each) : each]);
  return {
    key,
    value,
    headers: Object.fromEntries(asBytes) as Record<string, Uint8Array>,
    timestampMs: 1_800_000_000_000,
  };
}

describe('failedEvent', () => {
  it('is the original object with reason and source in its metadata', () => {
    expect(jsonOf(failedEvent(aRecord('{"a":1,"metadata":{"kept":true,"src":"x"}}'), 'invalid content').value)).toEqual(
      {
        a: 1,
        metadata: { kept: true, validation_error: 'invalid content', src: 'AssessmentAggregator' },
      },
    );
  });

  it.each([
    ['{"a":1}', '{"a":1,"metadata":{"validation_error":"why","src":"AssessmentAggregator"}}'],
    ['{}', '{"metadata":{"validation_error":"why","src":"AssessmentAggregator"}}'],
    [' { } \n', ' { "metadata":{"validation_error":"why","src":"AssessmentAggregator"}}'],
    [
      '{"n":1e999,"big":12345678901234567890}\n',
      '{"n":1e999,"big":12345678901234567890,"metadata":{"validation_error":"why","src":"AssessmentAggregator"}}',
    ],
    ['{"metadata":"text"}', '{"metadata":{"validation_error":"why","src":"AssessmentAggregator"}}'],
    ['{"metadata":[1]}', '{"metadata":{"validation_error":"why","src":"AssessmentAggregator"}}'],
  ])('of %j is %j', (original, failed) => {
    expect(textOf(failedEvent(aRecord(original), 'why').value)).toBe(failed);
  });

  it.each([
    ['what is no JSON', new Uint8Array([0xff, 0x00])],
    ['a list', bytes('[{"userId":"u"}]')],
    ['no bytes', new Uint8Array()],
    ['no value', null],
    [
      'an object with metadata that is nested too deeply to be written',
      bytes(`{"metadata":{},"x":${'['.repeat(50_000)}${']'.repeat(50_000)}}`),
    ],
  ])('keeps %s as it is', (_, value) => {
    expect(failedEvent(aRecord(value), 'why').value).toEqual(value);
  });

  it('says in headers why it is there and where it was, and keeps key and headers', () => {
    const { key, headers } = failedEvent(aRecord('{}'), 'why');
    expect(key).toEqual(bytes('learner'));
    expect(headers).toEqual({
      trace: new Uint8Array([1, 0xff]),
      validation_error: 'why',
      original_topic: 'dev.telemetry.assess',
      original_partition: '3',
      original_offset: '9007199254740993',
      original_timestamp: '1700000000000',
    });
  });
});

describe('parseFailedEvent', () => {
  it('gives back the record as it was, to the byte', () => {
    const object = fc.dictionary(
      fc.string().filter((key) => key !== 'metadata'),
      fc.jsonValue(),
    );
    const written = fc
      .tuple(object, fc.constantFrom(undefined, 1))
      .map(([value, space]) => JSON.stringify(value, null, space));
    const value = fc.oneof(written.map(bytes), fc.uint8Array(), fc.constant(null));
    fc.assert(
      fc.property(value, fc.string(), (original, reason) => {
        const record = aRecord(original);
        const { key, headers, timestampMs } = record;
        expect(parseFailedEvent(read(record, reason))).toEqual({
          reason,
          original: { key, value: original, headers, timestampMs },
        });
      }),
    );
  });

  it('keeps what else was in the metadata, and leaves none behind', () => {
    const valueOf = (text: string) => textOf(parseFailedEvent(read(aRecord(text), 'why')).original?.value ?? null);
    expect(JSON.parse(valueOf('{"a":1,"metadata":{"kept":true}}'))).toEqual({ a: 1, metadata: { kept: true } });
    expect(JSON.parse(valueOf('{"a":1,"metadata":{}}'))).toEqual({ a: 1 });
  });

  it('takes what the reference has set aside: its reason from the metadata, its timestamp as far as it is known', () => {
    const value = bytes('{"metadata":{"validation_error":"no such content","src":"AssessmentAggregator"},"a":1}');
    expect(parseFailedEvent({ key: null, value, headers: {}, timestampMs: 7 })).toEqual({
      reason: 'no such content',
      original: { key: null, value: bytes('{"a":1}'), headers: {}, timestampMs: 7 },
    });
    const bare = { key: null, value: bytes('{"a":1}'), headers: {}, timestampMs: -1 };
    expect(parseFailedEvent(bare)).toEqual({ reason: '', original: { ...bare, timestampMs: undefined } });
  });

  it('leaves the metadata of other sources alone', () => {
    const value = bytes('{"metadata":{"validation_error":"x","src":"Other"}}');
    expect(parseFailedEvent({ key: null, value, headers: {}, timestampMs: 7 }).original?.value).toEqual(value);
  });

  it('gives no original of a value that was cut', () => {
    const record = read(aRecord('{"a":'), 'larger than 3 bytes');
    const cut = { ...record, headers: { ...record.headers, original_bytes: bytes('5000') } };
    expect(parseFailedEvent(cut)).toEqual({ reason: 'larger than 3 bytes', original: undefined });
  });
});
