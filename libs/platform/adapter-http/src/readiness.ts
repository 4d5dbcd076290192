import { messageOf } from '@scorekeep/platform/util-errors';

/** One thing without which the app cannot work. */
export abstract class ReadinessCheck {
  /** As operators know it: `cassandra`, `kafka`. */
  abstract readonly name: string;
  /** Resolves when it works. Rejects or takes longer than two seconds: down. */
  abstract check(): Promise<void>;
}

export interface ReadinessReport {
  readonly status: 'ready' | 'down' | 'stopping';
  readonly checks: Readonly<Record<string, 'up' | 'down'>>;
}

const checkLimitMs = 2_000;

/** Whether the app should get work. Apps provide it with their checks; it says no as soon as the app begins to stop. */
export class Readiness {
  private stopping = false;

  constructor(
    private readonly checks: readonly ReadinessCheck[],
    private readonly onDown: (name: string, reason: string) => void = () => undefined,
  ) {}

  stop(): void {
    this.stopping = true;
  }

  get isStopping(): boolean {
    return this.stopping;
  }

  async report(): Promise<ReadinessReport> {
    const results = await Promise.all(
      this.checks.map(async (check) => [check.name, await this.stateOf(check)] as const),
    );
    const isUp = results.every(([, state]) => state === 'up');
    return {
      status: this.stopping ? 'stopping' : isUp ? 'ready' : 'down',
      checks: Object.fromEntries(results),
    };
  }

  private async stateOf(check: ReadinessCheck): Promise<'up' | 'down'> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer in ${checkLimitMs} ms`)), checkLimitMs);
    });
    try {
      await Promise.race([check.check(), tooLate]);
      return 'up';
    } catch (error) {
      this.onDown(check.name, messageOf(error));
      return 'down';
    } finally {
      clearTimeout(timer);
    }
  }
}
