import { message } from '../testing/fake-payload';
import { toConsumedRecord } from './consumed-record.mapper';

describe('toConsumedRecord', () => {
  it('keeps key, value and headers byte by byte', () => {
    const bytes = Buffer.from([0, 255, 128]);
    const record = toConsumedRecord(
      'in',
      7,
      message('9007199254740993', { key: bytes, value: bytes, headers: { raw: bytes, text: 'ä' } }),
      true,
    );

    expect(record).toMatchObject({ topic: 'in', partition: 7, offset: '9007199254740993', key: bytes, value: bytes });
    expect(record.mayHaveBegun).toBe(true);
    expect(record.headers['raw']).toEqual(bytes);
    expect(Buffer.from(record.headers['text'] ?? []).toString()).toBe('ä');
  });

  it('takes the last of several headers with one name, and no bytes for one without a value', () => {
    const headers = { twice: [Buffer.from('1'), Buffer.from('2')], none: undefined };
    const record = toConsumedRecord('in', 0, message('1', { headers }), false);

    expect(Buffer.from(record.headers['twice'] ?? []).toString()).toBe('2');
    expect(record.headers['none']).toHaveLength(0);
  });

  it('takes a header of any name as data', () => {
    const headers = JSON.parse('{"__proto__":"x"}') as Record<string, string>;
    const record = toConsumedRecord('in', 0, message('1', { headers }), false);

    expect(Object.keys(record.headers)).toEqual(['__proto__']);
  });
});
