import type fc from 'fast-check';

/** How a process dies at one of its requests to a server. */
export interface Kill {
  /** Number of the request since its start, from 1. */
  readonly request: number;
  /** `before` it was sent; `after` it took effect, its answer lost; `later`: it takes effect after the process's death. */
  readonly when: 'before' | 'after' | 'later';
}

/** The process is dead: what it was doing ends here. */
export class Killed extends Error {}

/** A process whose every request and every answer is on its way for as long as the scheduler likes. */
export class InterleavedProcess {
  private requests = 0;
  private dead = false;

  /** Requests that are under way. */
  private readonly open = new Set<Promise<unknown>>();

  constructor(
    private readonly scheduler: Pick<fc.Scheduler, 'schedule'>,
    private readonly kill?: Kill,
  ) {}

  get isDead(): boolean {
    return this.dead;
  }

  /** Resolves when all that the dead process had sent has arrived. */
  async end(): Promise<void> {
    await Promise.allSettled(this.open);
  }

  /** The port as this process reaches it. Every call of it is one request. */
  reach<T extends object>(port: T): T {
    return new Proxy(port, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) =>
          this.watched(this.send(String(name), async () => Reflect.apply(member, target, args) as unknown));
      },
    });
  }

  /** Between two requests of one call: others come in, or the process dies here. */
  readonly between = async (): Promise<void> => {
    await this.send('between', async () => undefined);
  };

  private async watched<T>(work: Promise<T>): Promise<T> {
    this.open.add(work);
    try {
      return await work;
    } finally {
      this.open.delete(work);
    }
  }

  private async send(name: string, request: () => Promise<unknown>): Promise<unknown> {
    this.requests += 1;
    const fate = this.kill?.request === this.requests ? this.kill.when : undefined;
    await this.travel(`${name} sent`);
    if (this.dead) throw new Killed();
    if (fate === 'later') void this.watched(this.takeEffectLate(name, request));
    if (fate === 'later' || fate === 'before') this.die();
    const answer = await request();
    await this.travel(`${name} answered`);
    if (fate === 'after') this.die();
    return answer;
  }

  /** Of a call that is several requests, a dead process sends only the first. */
  private async takeEffectLate(name: string, request: () => Promise<unknown>): Promise<void> {
    await this.travel(`${name} late`);
    await request().catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error;
    });
  }

  private async travel(label: string): Promise<void> {
    await this.scheduler.schedule(Promise.resolve(), label);
  }

  private die(): never {
    this.dead = true;
    throw new Killed();
  }
}
