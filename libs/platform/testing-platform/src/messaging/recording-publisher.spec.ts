import { describeMessagePublisher } from './describe-message-publisher';
import { RecordingPublisher } from './recording-publisher';

describeMessagePublisher('RecordingPublisher', async () => {
  const publisher = new RecordingPublisher();
  return {
    publisher,
    topics: ['one', 'other'],
    read: async (topic) => publisher.publishedTo(topic),
    close: async () => undefined,
  };
});

describe('RecordingPublisher', () => {
  it('fails as often as it was told to, and keeps nothing of that', async () => {
    const publisher = new RecordingPublisher();
    publisher.failNext(2);

    await expect(publisher.publish('one', [{ key: null, value: 'a' }])).rejects.toMatchObject({ retryable: true });
    await expect(publisher.publish('one', [{ key: null, value: 'a' }])).rejects.toThrow('told to fail');
    await publisher.publish('one', [{ key: null, value: 'a' }]);

    expect(publisher.published).toHaveLength(1);
  });

  it('fails with the error that it was given', async () => {
    const publisher = new RecordingPublisher();
    const error = new Error('mine');
    publisher.failNext(1, error);

    await expect(publisher.publish('one', [{ key: null, value: 'a' }])).rejects.toBe(error);
  });

  it('keeps what was published, whatever becomes of the bytes afterwards', async () => {
    const publisher = new RecordingPublisher();
    const value = Uint8Array.of(1, 2);
    await publisher.publish('one', [{ key: null, value }]);
    value.fill(0);

    expect(publisher.published[0]?.value).toEqual(Uint8Array.of(1, 2));
  });
});
