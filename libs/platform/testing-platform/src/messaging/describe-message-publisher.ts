import { type MessagePublisher, type OutgoingMessage } from '@scorekeep/platform/domain-messaging';
import { type PublishedMessage } from './recording-publisher';

/** A publisher and a way to see what it sent. */
export interface MessagePublisherUnderTest {
  readonly publisher: MessagePublisher;
  /** Two topics of one partition each, that hold nothing yet. */
  readonly topics: readonly [string, string];
  /** Everything that the topic holds, in order; waits until there are at least `count` messages. */
  read(topic: string, count: number): Promise<readonly PublishedMessage[]>;
  close(): Promise<void>;
}

const text = (content: Uint8Array | null): string | null =>
  content === null ? null : new TextDecoder().decode(content);

/** What every MessagePublisher does. `create` is called once for each test. */
export function describeMessagePublisher(name: string, create: () => Promise<MessagePublisherUnderTest>): void {
  describe(`${name} as a MessagePublisher`, () => {
    let subject: MessagePublisherUnderTest;

    beforeEach(async () => {
      subject = await create();
    });

    afterEach(async () => {
      await subject.close();
    });

    const publishAndRead = async (...messages: OutgoingMessage[]): Promise<readonly PublishedMessage[]> => {
      const [topic] = subject.topics;
      await subject.publisher.publish(topic, messages);
      return subject.read(topic, messages.length);
    };

    it('sends text as UTF-8', async () => {
      const [sent] = await publishAndRead({ key: 'schlüssel', value: '{"ä":"→"}', headers: { why: 'größe' } });

      expect(text(sent?.key ?? null)).toBe('schlüssel');
      expect(text(sent?.value ?? null)).toBe('{"ä":"→"}');
      expect(text(sent?.headers['why'] ?? null)).toBe('größe');
    });

    it('sends bytes as they are, also those that are no text and those of a part of a buffer', async () => {
      const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
      const [sent] = await publishAndRead({
        key: bytes.subarray(250),
        value: bytes,
        headers: { first: bytes.subarray(0, 3), empty: new Uint8Array() },
      });

      expect([...(sent?.key ?? [])]).toEqual([250, 251, 252, 253, 254, 255]);
      expect([...(sent?.value ?? [])]).toEqual([...bytes]);
      expect([...(sent?.headers['first'] ?? [])]).toEqual([0, 1, 2]);
      expect(sent?.headers['empty']).toHaveLength(0);
    });

    it('tells a missing key and value from empty ones', async () => {
      const sent = await publishAndRead({ key: null, value: null }, { key: '', value: '' });

      expect(sent.map(({ key, value }) => [text(key), text(value)])).toEqual([
        [null, null],
        ['', ''],
      ]);
    });

    it('keeps the time at which a message says it was produced', async () => {
      const [sent] = await publishAndRead({ key: null, value: 'old', timestampMs: 1_600_000_000_123 });

      expect(sent?.timestampMs).toBe(1_600_000_000_123);
    });

    it('keeps the order of messages, within a call and from call to call', async () => {
      const [topic] = subject.topics;
      const values = Array.from({ length: 60 }, (_, index) => String(index));
      const calls = [values.slice(0, 20), values.slice(20, 21), values.slice(21)];

      await Promise.all(
        calls.map((call) =>
          subject.publisher.publish(
            topic,
            call.map((value) => ({ key: 'one', value })),
          ),
        ),
      );

      const sent = await subject.read(topic, values.length);
      expect(sent.map(({ value }) => text(value))).toEqual(values);
    });

    it('sends to the topic that is named', async () => {
      const [one, other] = subject.topics;
      await Promise.all([
        subject.publisher.publish(one, [{ key: null, value: 'to one' }]),
        subject.publisher.publish(other, [{ key: null, value: 'to the other' }]),
      ]);

      expect((await subject.read(one, 1)).map(({ value }) => text(value))).toEqual(['to one']);
      expect((await subject.read(other, 1)).map(({ value }) => text(value))).toEqual(['to the other']);
    });

    it('sends many and large messages', async () => {
      const large = 'x'.repeat(400_000);
      const sent = await publishAndRead(
        ...Array.from({ length: 8 }, (_, index) => ({ key: String(index), value: `${index}${large}` })),
      );

      expect(sent.map(({ value }) => value?.length)).toEqual(Array.from({ length: 8 }, () => large.length + 1));
    });

    it('has nothing to do for an empty list', async () => {
      const [topic] = subject.topics;
      await subject.publisher.publish(topic, []);
      await subject.publisher.publish(topic, [{ key: null, value: 'only' }]);

      expect(await subject.read(topic, 1)).toHaveLength(1);
    });
  });
}
