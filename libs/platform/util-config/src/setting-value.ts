import { AppError } from '@scorekeep/platform/util-errors';

type Primitive = 'string' | 'number' | 'boolean';

/** The text of a variable as its property's type, or what such a text must look like. */
export type Conversion = { readonly value: string | number | boolean } | { readonly expected: string };

const booleans = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/**
 * Converts by the property's declared type; where the compiler did not record one (an alias, an inferred type), by the
 * type of its default.
 * @throws CONFIG.UNTYPED when neither tells: a mistake in the settings class.
 */
export function convertSetting(settings: object, name: string, text: string): Conversion {
  switch (primitiveOf(settings, name)) {
    case 'string':
      return { value: text };
    case 'number':
      return toNumber(text);
    case 'boolean': {
      const value = booleans.get(text.toLowerCase());
      return value === undefined ? { expected: 'true or false' } : { value };
    }
  }
}

function toNumber(text: string): Conversion {
  return /^-?\d+(\.\d+)?$/.test(text) ? { value: Number(text) } : { expected: 'a number' };
}

function primitiveOf(settings: object, name: string): Primitive {
  const declared = (Reflect.getMetadata('design:type', settings, name) as { name: string } | undefined)?.name;
  const known = [declared?.toLowerCase(), typeof Reflect.get(settings, name)].find(isPrimitive);
  if (known === undefined) {
    throw new AppError(
      'CONFIG.UNTYPED',
      `${settings.constructor.name}.${name} must be declared string, number or boolean (\`name?: string\` when it has no default)`,
    );
  }
  return known;
}

function isPrimitive(type: string | undefined): type is Primitive {
  return type === 'string' || type === 'number' || type === 'boolean';
}
