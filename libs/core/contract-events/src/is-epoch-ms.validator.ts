import { ValidateBy } from 'class-validator';

const DECIMAL = /^[0-9]+(\.[0-9]+)?([eE]\+?[0-9]+)?$/;

export const IS_EPOCH_MS = 'isEpochMs';

/** Name of the JSON Schema format that `isEpochMsText` judges. */
export const EPOCH_MS_FORMAT = 'epoch-ms';

/** The JSON Schema of `IsEpochMs`. */
export const epochMsSchema = {
  anyOf: [
    { type: 'number' as const, minimum: 1 },
    { type: 'string' as const, format: EPOCH_MS_FORMAT },
  ],
};

/** A finite number of ms since epoch of at least 1, or such a number in a string. */
export function IsEpochMs(): PropertyDecorator {
  return ValidateBy({
    name: IS_EPOCH_MS,
    validator: {
      validate: isEpochMs,
      defaultMessage: () => '$property must be a positive number of milliseconds since the epoch',
    },
  });
}

export function isEpochMsText(text: string): boolean {
  return DECIMAL.test(text) && isEpochMs(Number(text));
}

function isEpochMs(value: unknown): boolean {
  if (typeof value === 'string') return isEpochMsText(value);
  return typeof value === 'number' && Number.isFinite(value) && value >= 1;
}
