import { ValidateBy } from 'class-validator';

const POSITIVE_DIGITS = /^0*[1-9][0-9]*$/;

export const IS_EPOCH_MS = 'isEpochMs';

/** The JSON Schema of `IsEpochMs`. */
export const epochMsSchema = {
  anyOf: [
    { type: 'number' as const, exclusiveMinimum: 0 },
    { type: 'string' as const, pattern: POSITIVE_DIGITS.source },
  ],
};

/** A positive, finite number of ms since epoch, or its digits in a string. */
export function IsEpochMs(): PropertyDecorator {
  return ValidateBy({
    name: IS_EPOCH_MS,
    validator: {
      validate: isEpochMs,
      defaultMessage: () => '$property must be a positive number of milliseconds since the epoch',
    },
  });
}

function isEpochMs(value: unknown): boolean {
  if (typeof value === 'string') return POSITIVE_DIGITS.test(value);
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}
