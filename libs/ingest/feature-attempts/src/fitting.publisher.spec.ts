import { failedEvent } from '@scorekeep/core/contract-events';
import { MessagePublisher, type OutgoingMessage } from '@scorekeep/platform/domain-messaging';
import { AppError } from '@scorekeep/platform/util-errors';
import { FittingPublisher } from './fitting.publisher';

const lengthOf = (content: string | Uint8Array | null): number => content?.length ?? 0;
const sizeOf = ({ key, value, headers = {} }: OutgoingMessage): number =>
  lengthOf(key) +
  lengthOf(value) +
  Object.entries(headers).reduce((sum, [name, each]) => sum + name.length + each.length, 0);

/** A broker that takes messages up to a size. */
class Broker extends MessagePublisher {
  readonly taken: OutgoingMessage[] = [];

  constructor(private readonly maxBytes: number) {
    super();
  }

  override async publish(_topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    if (messages.some((message) => sizeOf(message) > this.maxBytes)) {
      throw new AppError('KAFKA.MESSAGE_TOO_LARGE', 'too large');
    }
    this.taken.push(...messages);
  }
}

const deadLetter = (sizes: { value?: number; key?: number; header?: number }) =>
  failedEvent(
    {
      ...{ topic: 'assess', partition: 1, offset: '7', timestampMs: 1_700_000_000_000 },
      key: new Uint8Array(sizes.key ?? 4),
      value: new Uint8Array(sizes.value ?? 10).fill(7),
      headers: { own: new Uint8Array(sizes.header ?? 3) },
    },
    'not JSON',
  );

function setUp(maxBytes: number) {
  const broker = new Broker(maxBytes);
  const cuts: [string, number, number][] = [];
  return { broker, cuts, publisher: new FittingPublisher(broker, (...cut) => cuts.push(cut)) };
}

describe('FittingPublisher', () => {
  it('sends what fits as it is', async () => {
    const { broker, cuts, publisher } = setUp(1_000);
    const message = deadLetter({});
    await publisher.publish('failed', [message, message]);
    expect(broker.taken).toEqual([message, message]);
    expect(cuts).toEqual([]);
  });

  it('cuts the value of what does not, says how long it was, and leaves the others whole', async () => {
    const { broker, cuts, publisher } = setUp(10_000);
    const small = deadLetter({});
    await publisher.publish('failed', [small, deadLetter({ value: 30_000 }), small]);
    expect(broker.taken.slice(0, 2)).toEqual([small, small]);
    expect(broker.taken).toHaveLength(3);
    expect(broker.taken[2]).toMatchObject({ value: new Uint8Array(7_500).fill(7) });
    expect(broker.taken[2]?.headers).toMatchObject({
      original_bytes: '30000',
      original_offset: '7',
      own: new Uint8Array(3),
    });
    expect(cuts).toEqual([['failed', 30_000, 7_500]]);
  });

  it.each([
    ['headers', { header: 5_000 }, 4],
    ['a key', { key: 5_000 }, 0],
    ['everything', { key: 5_000, header: 5_000, value: 5_000 }, 0],
  ])('sends why and from where, when %s is too large', async (_, sizes, keyLength) => {
    const { broker, publisher } = setUp(1_000);
    await publisher.publish('failed', [deadLetter(sizes)]);
    expect(lengthOf(broker.taken[0]?.key ?? null)).toBe(keyLength);
    expect(Object.keys(broker.taken[0]?.headers ?? {}).sort()).toEqual([
      'original_bytes',
      'original_offset',
      'original_partition',
      'original_timestamp',
      'original_topic',
      'validation_error',
    ]);
    expect(broker.taken[0]?.headers).toMatchObject({ original_topic: 'assess', validation_error: 'not JSON' });
  });

  it('passes on every other failure, and that nothing fits', async () => {
    const down = new AppError('KAFKA.UNAVAILABLE', 'down', { retryable: true });
    const publisher = new FittingPublisher({ publish: () => Promise.reject(down) }, () => undefined);
    await expect(publisher.publish('failed', [deadLetter({})])).rejects.toBe(down);
    await expect(setUp(10).publisher.publish('failed', [deadLetter({})])).rejects.toMatchObject({
      code: 'KAFKA.MESSAGE_TOO_LARGE',
    });
  });
});
