import { defaultMetadataStorage } from 'class-transformer/cjs/storage';
import { getMetadataStorage } from 'class-validator';

export type MessageClass<T extends object> = new () => T;

/**
 * A message as an instance of its class, so that its decorators can judge it. Only what is decorated is taken over, and
 * nothing is copied or followed beyond that: the value comes from outside, and may be large, deep, and name anything.
 */
export function messageInstance<T extends object>(type: MessageClass<T>, value: object): T {
  const instance = new type();
  for (const name of decoratedProperties(type)) {
    if (!Object.hasOwn(value, name)) continue;
    Reflect.set(instance, name, instanceOf(nestedClass(type, name), Reflect.get(value, name)));
  }
  return instance;
}

function instanceOf(type: MessageClass<object> | undefined, value: unknown): unknown {
  if (!type || typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value)) return messageInstance(type, value);
  return value.map((each: unknown) => (Array.isArray(each) ? each : instanceOf(type, each)));
}

function decoratedProperties(type: MessageClass<object>): string[] {
  const decorated = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  return [...new Set(decorated.map(({ propertyName }) => propertyName))];
}

/** The class that `@Type` names for a property, inherited ones included. */
function nestedClass(type: MessageClass<object>, name: string): MessageClass<object> | undefined {
  const metadata = defaultMetadataStorage.findTypeMetadata(type, name);
  return metadata?.typeFunction() as MessageClass<object> | undefined;
}
