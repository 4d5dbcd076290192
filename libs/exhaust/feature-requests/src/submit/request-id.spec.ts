import fc from 'fast-check';
import { requestIdOf, sortedJson } from './request-id';

it.each([
  { value: { batchId: 'b' }, json: '{"batchId":"b"}' },
  { value: { b: 1, a: { d: [2, { z: 1, y: 2 }], c: null } }, json: '{"a":{"c":null,"d":[2,{"y":2,"z":1}]},"b":1}' },
  { value: { a: undefined, B: 'é' }, json: '{"B":"é"}' },
])('$json has its keys in order', ({ value, json }) => {
  expect(sortedJson(value)).toBe(json);
});

it('says the same for any order of keys', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const reversed = Object.fromEntries(Object.entries(value).reverse());
      expect(sortedJson(reversed)).toBe(sortedJson(value));
      expect(JSON.parse(sortedJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

it('is the upper-case MD5 of all six', () => {
  const identity = { tag: 't_b', dataset: 'd', requestedBy: 'u', channel: 'c', config: '{}', format: 'csv' };
  // printf 't_b|d|u|c|{}|csv' | md5sum
  expect(requestIdOf(identity)).toBe('101450641A8CA2FB14C83A5BDE5832C7');
  for (const part of ['tag', 'dataset', 'requestedBy', 'channel', 'config', 'format']) {
    expect(requestIdOf({ ...identity, [part]: 'x' })).not.toBe(requestIdOf(identity));
  }
});
