import * as fc from 'fast-check';
import { parseDurationMs } from './duration';

describe('parseDurationMs', () => {
  it.each([
    ['0', 0],
    ['0d', 0],
    ['500ms', 500],
    ['30s', 30_000],
    ['15m', 900_000],
    ['24h', 86_400_000],
    ['7d', 604_800_000],
    ['8w', 4_838_400_000],
  ])('%s is %i ms', (text, milliseconds) => {
    expect(parseDurationMs(text)).toBe(milliseconds);
  });

  it.each(['', '5', '1.5h', '-1h', '1 h', '1y', 'h', '1h30m', '1H', '12345678d'])('refuses "%s"', (text) => {
    expect(() => parseDurationMs(text)).toThrow(/^not a duration/);
  });

  it('always gives whole, safe milliseconds', () => {
    fc.assert(
      fc.property(fc.nat(9_999_999), fc.constantFrom('ms', 's', 'm', 'h', 'd', 'w'), (count, unit) =>
        Number.isSafeInteger(parseDurationMs(`${count}${unit}`)),
      ),
    );
  });
});
