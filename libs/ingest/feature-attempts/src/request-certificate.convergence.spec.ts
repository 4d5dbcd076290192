import fc from 'fast-check';
import { stateOf, type StorageLayout } from '@scorekeep/core/domain-scoring';
import {
  type ConsumerPlan,
  ConvergenceWorld,
  eventOf,
  learner,
  type MicroBatchWork,
  type ProcessPorts,
  seedLegacyLearner,
  someConsumers,
  someKill,
  someLegacyAttempts,
  someSubmissions,
  type Submission,
} from '@scorekeep/core/testing-core';
import { MessagePublisher } from '@scorekeep/platform/domain-messaging';
import { RecordAttempts } from './record-attempts.use-case';
import { RequestCertificate } from './request-certificate.use-case';

const layout: StorageLayout = 'unified';

/** Acknowledges every request, and remembers what was stored of the learner when it was sent. */
class WitnessingPublisher extends MessagePublisher {
  readonly states: string[] = [];

  constructor(private readonly world: ConvergenceWorld) {
    super();
  }

  override async publish(): Promise<void> {
    this.states.push(await storedState(this.world));
  }
}

async function storedState(world: ConvergenceWorld): Promise<string> {
  return stateOf((await world.book.read(learner)).attempts);
}

/** What the handler does with one learner's records of a micro-batch. */
function handlingProcess(publisher: MessagePublisher, submissions: readonly Submission[], verdicts: string[][] = []) {
  return ({ book, rows, nowMs, reach }: ProcessPorts): MicroBatchWork => {
    const options = { layout, maxAttempts: 100, aggDetailsTimeZone: 'UTC', topicPrefix: 'test', nowMs };
    const record = new RecordAttempts(book, rows, options);
    const request = new RequestCertificate(book, reach(publisher), options);
    let mayHaveBegun = true;
    return async (indexes) => {
      const batch = indexes.flatMap((index) => submissions.slice(index, index + 1));
      const events = batch.map((submission) => eventOf(submission, nowMs(), layout));
      const begun = mayHaveBegun;
      mayHaveBegun = true;
      const recorded = await record.execute(learner, events, begun);
      record.remember(learner, await request.execute(learner, recorded.scores, false));
      verdicts.push([...recorded.verdicts]);
      mayHaveBegun = false;
    };
  };
}

const someLearner = fc
  .tuple(someSubmissions({ layout, maxLength: 6, ties: false }), fc.option(someLegacyAttempts(), { nil: [] }))
  .chain(([submissions, legacy]) =>
    fc.record({
      submissions: fc.constant(submissions),
      legacy: fc.constant(legacy),
      consumers: someConsumers(submissions.length),
    }),
  );

/** Everything once more, one by one, after all is settled. */
const again = (submissions: readonly Submission[], clockAheadMs = 0): ConsumerPlan => ({
  microBatches: [...submissions.keys()].map((index) => [index]),
  kills: [],
  clockAheadMs,
});

describe('certificate requests', () => {
  it('are never lost: one was sent when the learner had all that is stored in the end', async () => {
    await fc.assert(
      fc.asyncProperty(someLearner, fc.scheduler(), async ({ submissions, legacy, consumers }, scheduler) => {
        const world = new ConvergenceWorld(layout, scheduler);
        seedLegacyLearner(legacy, world);
        const publisher = new WitnessingPublisher(world);
        const verdicts: string[][] = [];
        const start = handlingProcess(publisher, submissions, verdicts);
        await world.run(consumers.map((plan) => world.consume(plan, start)));
        const isNews = legacy.length === 0 || verdicts.flat().includes('accepted');
        if (isNews) expect(publisher.states).toContain(await storedState(world));
      }),
      { numRuns: 300 },
    );
  });

  it('are sent once per micro-batch that brings news, and not for repeated or stale events', async () => {
    const life = fc.record({ size: fc.integer({ min: 1, max: 4 }), twice: fc.boolean() });
    const some = someSubmissions({ layout, maxLength: 8, ties: true });
    await fc.assert(
      fc.asyncProperty(some, life, fc.scheduler(), async (submissions, { size, twice }, scheduler) => {
        const world = new ConvergenceWorld(layout, scheduler);
        const publisher = new WitnessingPublisher(world);
        const verdicts: string[][] = [];
        const order = [...submissions.keys(), ...(twice ? submissions.keys() : [])];
        const microBatches = order.flatMap((_, index) =>
          index % size === 0 ? [order.slice(index, index + size)] : [],
        );
        const plan: ConsumerPlan = { microBatches, kills: [], clockAheadMs: 0 };
        await world.run([world.consume(plan, handlingProcess(publisher, submissions, verdicts))]);
        const withNews = verdicts.filter((ofBatch) => ofBatch.includes('accepted'));
        expect(publisher.states).toHaveLength(withNews.length);
        await world.run([world.consume(again(submissions), handlingProcess(publisher, submissions))]);
        expect(publisher.states).toHaveLength(withNews.length);
      }),
    );
  });

  it('are not sent again for repeated events under clocks minutes apart', async () => {
    const some = someSubmissions({ layout, maxLength: 4, ties: false });
    const clock = fc.constantFrom(-300_000, 0, 300_000);
    await fc.assert(
      fc.asyncProperty(some, fc.tuple(clock, clock, clock), fc.scheduler(), async (submissions, clocks, scheduler) => {
        const world = new ConvergenceWorld(layout, scheduler);
        const publisher = new WitnessingPublisher(world);
        const [first = [], ...others] = [...submissions.keys()].map((index) => [index]);
        const lives = [[first], others].map((microBatches, index) => ({
          ...{ microBatches, kills: [], clockAheadMs: clocks[index] ?? 0 },
        }));
        for (const plan of lives) await world.run([world.consume(plan, handlingProcess(publisher, submissions))]);
        const sent = publisher.states.length;
        await world.run([world.consume(again(submissions, clocks[2]), handlingProcess(publisher, submissions))]);
        expect(publisher.states).toHaveLength(sent);
      }),
    );
  });

  it('are completed by a repeated event where the process died before they were acknowledged', async () => {
    const some = someSubmissions({ layout, maxLength: 3, ties: false });
    await fc.assert(
      fc.asyncProperty(
        some,
        fc.array(someKill, { minLength: 1, maxLength: 3 }),
        fc.scheduler(),
        async (submissions, kills, scheduler) => {
          const world = new ConvergenceWorld(layout, scheduler);
          const publisher = new WitnessingPublisher(world);
          const plan: ConsumerPlan = { microBatches: [[...submissions.keys()]], kills, clockAheadMs: 0 };
          await world.run([world.consume(plan, handlingProcess(publisher, submissions))]);
          const sent = publisher.states.length;
          expect(publisher.states).toContain(await storedState(world));
          expect(sent).toBeLessThanOrEqual(1 + kills.length);
          await world.run([world.consume(again(submissions), handlingProcess(publisher, submissions))]);
          expect(publisher.states).toHaveLength(sent);
        },
      ),
      { numRuns: 300 },
    );
  });
});
