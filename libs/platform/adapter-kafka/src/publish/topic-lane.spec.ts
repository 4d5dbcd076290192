import { AppError } from '@scorekeep/platform/util-errors';
import { kafkaErrorCodes } from '../kafka.errors';
import { type EncodedMessage, encodeMessage } from './encoded-message';
import { TopicLane } from './topic-lane';

const tooLarge = new AppError(kafkaErrorCodes.messageTooLarge, 'too large');
const away = new AppError(kafkaErrorCodes.unavailable, 'away', { retryable: true });

const messages = (...values: string[]): EncodedMessage[] => values.map((value) => encodeMessage({ key: null, value }));

/** A lane whose requests `answer` decides; `requests` lists their values, in order. */
function setUp(answer: (values: readonly string[]) => Promise<void> = async () => undefined) {
  const requests: string[][] = [];
  const lane = new TopicLane(
    async (request) => {
      const values = request.map(({ value }) => String(value));
      requests.push(values);
      await answer(values);
    },
    { maxBytes: 10, maxMessages: 4 },
  );
  return { lane, requests };
}

describe('TopicLane', () => {
  it('puts what is published in one tick into one request', async () => {
    const { lane, requests } = setUp();
    await Promise.all([lane.add(messages('a', 'b')), lane.add(messages('c'))]);

    expect(requests).toEqual([['a', 'b', 'c']]);
  });

  it('puts what is published while a request is under way into the next one', async () => {
    const later: Promise<void>[] = [];
    const { lane, requests } = setUp(async ([first]) => {
      if (first === 'a') later.push(lane.add(messages('b')), lane.add(messages('c')));
    });
    await lane.add(messages('a'));
    await Promise.all(later);

    expect(requests).toEqual([['a'], ['b', 'c']]);
  });

  it('keeps requests within the limits; what alone is larger travels alone', async () => {
    const { lane, requests } = setUp();
    await lane.add(messages('1', '2', '3', '4', '5', 'xxxxxxxx', 'yyy', 'zzzzzzzzzzzzzzzz', '6'));

    expect(requests).toEqual([['1', '2', '3', '4'], ['5', 'xxxxxxxx'], ['yyy'], ['zzzzzzzzzzzzzzzz'], ['6']]);
  });

  it('fails a call whose message is refused, and delivers its neighbours', async () => {
    const { lane } = setUp(async (values) => {
      if (values.includes('bad')) throw tooLarge;
    });
    const calls = await Promise.allSettled([
      lane.add(messages('a')),
      lane.add(messages('b', 'bad')),
      lane.add(messages('c')),
    ]);

    expect(calls.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(calls[1]).toMatchObject({ reason: tooLarge });
  });

  it('fails every call of a request that was not answered, and sends nothing twice', async () => {
    const { lane, requests } = setUp(async () => {
      throw away;
    });
    const calls = await Promise.allSettled([lane.add(messages('a')), lane.add(messages('b'))]);

    expect(calls.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(requests).toEqual([['a', 'b']]);
  });

  it('drops what is left of a call that failed', async () => {
    const { lane, requests } = setUp(async () => {
      throw away;
    });
    await expect(lane.add(messages('1', '2', '3', '4', '5', '6'))).rejects.toBe(away);
    await lane.idle();

    expect(requests).toEqual([['1', '2', '3', '4']]);
  });

  it('works on after a failure', async () => {
    let calls = 0;
    const { lane } = setUp(async () => {
      calls += 1;
      if (calls === 1) throw away;
    });
    await expect(lane.add(messages('a'))).rejects.toBe(away);
    await expect(lane.add(messages('b'))).resolves.toBeUndefined();
  });

  it('is idle when everything was sent', async () => {
    const { lane, requests } = setUp();
    const added = lane.add(messages('xxxxxxxx', 'yyyyyyyy'));
    await lane.idle();

    expect(requests).toHaveLength(2);
    await added;
  });
});
