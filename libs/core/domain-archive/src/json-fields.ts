/** What was expected of JSON and is not so. */
export class UnexpectedJson extends Error {}

/** Typed access to the fields of a parsed JSON object; every refusal says the path of the field and what was expected. */
export class JsonFields {
  private readonly values: Readonly<Record<string, unknown>>;

  constructor(
    value: unknown,
    private readonly path = '',
  ) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new UnexpectedJson(`${path === '' ? 'it' : path} must be an object`);
    }
    this.values = value as Readonly<Record<string, unknown>>;
  }

  has(name: string): boolean {
    return this.values[name] !== undefined;
  }

  text(name: string, pattern?: RegExp): string {
    const value = this.values[name];
    if (typeof value !== 'string') throw this.unexpected(name, 'a text');
    if (pattern && !pattern.test(value)) throw this.unexpected(name, `a text like ${pattern.source}`);
    return value;
  }

  texts(name: string): string[] {
    return this.array(name).map((value, index) => {
      if (typeof value !== 'string') throw this.unexpected(`${name}[${index}]`, 'a text');
      return value;
    });
  }

  integer(name: string, smallest = Number.MIN_SAFE_INTEGER): number {
    const value = this.values[name];
    if (!Number.isSafeInteger(value) || (value as number) < smallest) {
      throw this.unexpected(name, smallest > 0 ? `a whole number from ${smallest}` : 'a whole number');
    }
    return value as number;
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T {
    const found = allowed.find((each) => each === this.values[name]);
    if (found === undefined) throw this.unexpected(name, allowed.join(' or '));
    return found;
  }

  object(name: string): JsonFields {
    return new JsonFields(this.values[name], this.pathOf(name));
  }

  objects(name: string): JsonFields[] {
    return this.array(name).map((value, index) => new JsonFields(value, this.pathOf(`${name}[${index}]`)));
  }

  private array(name: string): unknown[] {
    const value = this.values[name];
    if (!Array.isArray(value)) throw this.unexpected(name, 'an array');
    return value;
  }

  private unexpected(name: string, expected: string): UnexpectedJson {
    return new UnexpectedJson(`${this.pathOf(name)} must be ${expected}`);
  }

  private pathOf(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`;
  }
}
