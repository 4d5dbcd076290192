import { type BatchMetrics, type CourseBatch } from '@scorekeep/core/domain-exhaust';

type Metrics = Readonly<Record<string, number>>;

export interface BatchMetricsUnderTest {
  readonly metrics: BatchMetrics;
  /** Stores the map `agg` and the map `aggregates`. */
  readonly add: (
    batch: CourseBatch,
    userId: string,
    stored: { readonly legacy?: Metrics; readonly aggregates?: Metrics },
  ) => Promise<void>;
}

/** What every implementation of `BatchMetrics` does. */
export function describeBatchMetrics(name: string, create: () => Promise<BatchMetricsUnderTest>): void {
  describe(`${name} as BatchMetrics`, () => {
    const batch: CourseBatch = { courseId: 'course', batchId: 'batch' };
    let subject: BatchMetricsUnderTest;

    beforeEach(async () => {
      subject = await create();
    });

    it('has new and legacy metrics, the new ones where both are there', async () => {
      await subject.add(batch, 'both', { legacy: { 'score:a': 1, 'score:b': 2 }, aggregates: { 'score:b': 2.5 } });
      await subject.add(batch, 'legacy', { legacy: { 'score:a': 3 } });
      await subject.add(batch, 'new', { aggregates: { completedCount: 4 } });
      expect(await subject.metrics.metricsOf(batch, ['both', 'legacy', 'new', 'unknown', 'both'])).toEqual(
        new Map([
          [
            'both',
            new Map([
              ['score:a', 1],
              ['score:b', 2.5],
            ]),
          ],
          ['legacy', new Map([['score:a', 3]])],
          ['new', new Map([['completedCount', 4]])],
        ]),
      );
    });

    it('has those of the course and batch, and of no other', async () => {
      await subject.add({ ...batch, batchId: 'other' }, 'elsewhere', { aggregates: { 'score:a': 1 } });
      await subject.add({ ...batch, courseId: 'other' }, 'elsewhere', { aggregates: { 'score:a': 1 } });
      expect(await subject.metrics.metricsOf(batch, ['elsewhere'])).toEqual(new Map());
      expect(await subject.metrics.metricsOf(batch, [])).toEqual(new Map());
    });
  });
}
