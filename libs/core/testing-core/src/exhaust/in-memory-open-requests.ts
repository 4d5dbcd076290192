import { type ChannelRequests, type OpenRequest, OpenRequests } from '@scorekeep/core/domain-exhaust';

/** Open requests in memory. Every call takes effect at once. */
export class InMemoryOpenRequests extends OpenRequests {
  private readonly byChannel = new Map<string, ChannelRequests>();

  async ofChannel(channel: string): Promise<ChannelRequests> {
    return this.byChannel.get(channel) ?? { open: [], version: 0 };
  }

  async save(channel: string, open: readonly OpenRequest[], expectedVersion: number): Promise<'saved' | 'conflict'> {
    if ((await this.ofChannel(channel)).version !== expectedVersion) return 'conflict';
    this.byChannel.set(channel, { open, version: expectedVersion + 1 });
    return 'saved';
  }

  async *channels(): AsyncGenerator<string> {
    yield* [...this.byChannel.keys()];
  }
}
