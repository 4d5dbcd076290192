import { type PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';
import { invalidRequest } from './http.errors';

/** A class with class-validator's decorators, that says what a body must be. */
export type BodyClass<T extends object = object> = new () => T;

/**
 * For `@Body(requestBody(ReadRequest))`: the JSON body as an instance of a class with class-validator's decorators. Fields
 * that the class does not know are kept; nothing is converted.
 * @throws HTTP.INVALID_REQUEST naming all problems with their paths (`request.contents[0].status must be …`).
 */
export function requestBody<T extends object>(bodyClass: BodyClass<T>): PipeTransform<unknown, Promise<T>> {
  return new RequestBodyPipe(bodyClass);
}

/** @returns the class by which a pipe checks bodies; undefined for other pipes */
export function bodyClassOf(pipe: unknown): BodyClass | undefined {
  return pipe instanceof RequestBodyPipe ? pipe.bodyClass : undefined;
}

class RequestBodyPipe<T extends object> implements PipeTransform<unknown, Promise<T>> {
  constructor(readonly bodyClass: BodyClass<T>) {}

  async transform(body: unknown): Promise<T> {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw invalidRequest('the body must be a JSON object');
    }
    const instance = instanceOf(this.bodyClass, body);
    const problems = problemsOf(await validate(instance, { forbidUnknownValues: false }));
    if (problems.length > 0) throw invalidRequest(...problems);
    return instance;
  }
}

/**
 * class-transformer takes a field `constructor` for the value's class and fails when it is none. It is a legal name, in
 * learners' answers say, and no body class has it: such fields are left out of what is checked.
 */
function instanceOf<T extends object>(bodyClass: BodyClass<T>, body: object): T {
  try {
    return plainToInstance(bodyClass, body);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const withoutConstructors = JSON.stringify(body, (key, value: unknown) =>
      key === 'constructor' ? undefined : value,
    );
    return plainToInstance(bodyClass, JSON.parse(withoutConstructors) as object);
  }
}

function problemsOf(errors: readonly ValidationError[], parent = ''): string[] {
  return errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const path = pathOf(parent, property);
    return [...Object.values(constraints).map((text) => withPath(text, property, path)), ...problemsOf(children, path)];
  });
}

/** class-validator names items of an array by their index. */
function pathOf(parent: string, property: string): string {
  if (/^\d+$/.test(property)) return `${parent}[${property}]`;
  return parent === '' ? property : `${parent}.${property}`;
}

function withPath(text: string, property: string, path: string): string {
  return text.startsWith(`${property} `) ? path + text.slice(property.length) : `${path}: ${text}`;
}
