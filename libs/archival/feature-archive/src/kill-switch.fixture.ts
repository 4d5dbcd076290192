type Method = (...args: unknown[]) => unknown;

/** What a request to a server does once its process is dead: nothing, for ever. */
const never = (): Promise<never> => new Promise(() => undefined);

/**
 * Kills a process at its n-th request to any server, before the server hears of it or after it has done it. All requests
 * of all ports pass here, each row and object of a stream as well, so that no place is left where nobody dies.
 */
export class KillSwitch {
  private requests = 0;
  private isDead = false;
  private tell: (dead: 'killed') => void = () => undefined;
  readonly killed = new Promise<'killed'>((resolve) => (this.tell = resolve));

  constructor(
    private readonly nth: number,
    private readonly when: 'before' | 'after',
  ) {}

  /** The port as a process has it that this switch kills. */
  wrap<T extends object>(port: T): T {
    return new Proxy(port, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) => this.call(() => (member as Method).apply(target, args));
      },
    });
  }

  private call(act: () => unknown): unknown {
    const answer = this.isDead ? never() : act();
    if (isStream(answer)) return this.stream(answer);
    return answer instanceof Promise ? this.request(() => answer) : answer;
  }

  private async request<T>(act: () => Promise<T>): Promise<T> {
    const dies = (this.requests += 1) === this.nth;
    if (dies && this.when === 'before') return this.die();
    const answer = await act();
    return dies || this.isDead ? this.die() : isStream(answer) ? (this.stream(answer) as T) : answer;
  }

  private async *stream(items: AsyncIterable<unknown>): AsyncGenerator<unknown> {
    const iterator = items[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await this.request(() => iterator.next());
        if (next.done) return;
        yield next.value;
      }
    } finally {
      if (!this.isDead) await iterator.return?.();
    }
  }

  private die(): Promise<never> {
    this.isDead = true;
    this.tell('killed');
    return never();
  }
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
