import fc from 'fast-check';
import { exhaustRequestMessage, parseExhaustRequest } from './exhaust-request.message';

it('is read as it was written', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (tag, requestId) => {
      const value = Buffer.from(exhaustRequestMessage({ tag, requestId }));
      expect(parseExhaustRequest(value)).toEqual({ tag, requestId });
    }),
  );
});

it.each([null, '', 'no JSON', '[]', 'null', '{}', '{"tag":"t"}', '{"tag":1,"requestId":"A"}'])(
  'takes nothing else for one: %s',
  (value) => {
    expect(parseExhaustRequest(value === null ? null : Buffer.from(value))).toBeUndefined();
  },
);
