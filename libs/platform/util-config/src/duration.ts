import { AppError } from '@scorekeep/platform/util-errors';
import { ValidateBy, type ValidationOptions, buildMessage } from 'class-validator';

const second = 1000;
const unitsMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: second,
  m: 60 * second,
  h: 3600 * second,
  d: 24 * 3600 * second,
  w: 7 * 24 * 3600 * second,
};

/** A whole number and its unit: `500ms`, `30s`, `15m`, `24h`, `7d`, `8w`; `0` needs none. Undefined for other text. */
function durationMs(text: string): number | undefined {
  if (text === '0') return 0;
  const [, count, unit] = /^(\d{1,7})(ms|s|m|h|d|w)$/.exec(text) ?? [];
  const unitMs = unit === undefined ? undefined : unitsMs[unit];
  return unitMs === undefined ? undefined : Number(count) * unitMs;
}

/** Milliseconds of a duration like `24h` (see `IsDuration`). @throws CONFIG.INVALID_DURATION */
export function parseDurationMs(text: string): number {
  const parsed = durationMs(text);
  if (parsed === undefined) throw new AppError('CONFIG.INVALID_DURATION', `not a duration: ${JSON.stringify(text)}`);
  return parsed;
}

/** Text that `parseDurationMs` takes: a whole number and one of ms, s, m, h, d, w; or `0`. */
export function IsDuration(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isDuration',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && durationMs(value) !== undefined,
        defaultMessage: buildMessage(
          (each) => `${each}$property must be a duration like 500ms, 30s, 24h, 7d or 0`,
          options,
        ),
      },
    },
    options,
  );
}
