import { Injectable } from '@nestjs/common';
import {
  BatchEnrolments,
  type Enrolment,
  inChunks,
  oneAhead,
  type ProducedReport,
  type ProgressCourse,
  progressColumns,
  progressNumbers,
  progressRow,
  ReportEncoder,
  type ReportOrder,
  ReportProducer,
  ReportStyle,
  type ReportTarget,
  type ReportWatcher,
} from '@scorekeep/core/domain-exhaust';
import { type CoursesOfReport, ProgressCourses } from './progress-courses';
import { type KnownLearner, ProgressLearners } from './progress-learners';
import { type ProgressFigures, remarksOn } from './progress-figures';

/** Large enough for bulk reads to pay, small enough for a few of them to be held. */
const chunkLimits = { items: 500, weight: 500, weightOf: () => 1 };

interface KnownChunk {
  readonly learners: readonly KnownLearner[];
  /** By course id. */
  readonly courses: ReadonlyMap<string, ProgressCourse>;
}

/**
 * Writes the progress report of a batch: one row per enrolment, from enrolments, profiles and what is kept of scores for
 * good; never from answers. So it is the same before and after they are archived.
 */
@Injectable()
export class ProduceProgressReport extends ReportProducer {
  override readonly dataset = 'progress-exhaust';

  constructor(
    private readonly enrolments: BatchEnrolments,
    private readonly learners: ProgressLearners,
    private readonly courses: ProgressCourses,
    private readonly encoder: ReportEncoder,
    private readonly style: ReportStyle,
  ) {
    super();
  }

  override async produce(
    order: ReportOrder,
    { sink, name }: ReportTarget,
    watcher: ReportWatcher,
  ): Promise<ProducedReport> {
    const courses = this.courses.forReport();
    const scoreColumns = await this.scoreColumnsOf(order, courses);
    const figures: ProgressFigures = { rows: 0, leftOut: 0, completed: 0 };
    const table = {
      columns: progressColumns(scoreColumns),
      numbers: progressNumbers,
      groups: this.rowsOf(this.read(order, courses, { figures, watcher }), scoreColumns, figures),
    };
    const confirm = async () => true;
    const bytes = this.encoder.encode(order.format, table);
    const outcome = await sink.publish(name, bytes, { confirm, signal: watcher.signal });
    return {
      ...{ bytes: outcome.kind === 'published' ? outcome.bytes : 0, rows: figures.rows, learners: figures.rows },
      details: { completed: figures.completed, enrolmentsLeftOut: figures.leftOut },
      remarks: remarksOn(figures, order),
    };
  }

  /** The assessments of all courses of the batch, course by course. */
  private async scoreColumnsOf({ batchId, collectionId }: ReportOrder, courses: CoursesOfReport): Promise<string[]> {
    const courseIds = collectionId === undefined ? await this.enrolments.coursesOf(batchId) : [collectionId];
    const assessments = new Set<string>();
    for (const courseId of courseIds) {
      for (const contentId of (await courses.of({ courseId, batchId })).assessments) assessments.add(contentId);
    }
    return [...assessments];
  }

  private read(
    order: ReportOrder,
    courses: CoursesOfReport,
    { figures, watcher }: { readonly figures: ProgressFigures; readonly watcher: ReportWatcher },
  ): AsyncIterable<KnownChunk> {
    const { batchId, collectionId: courseId } = order;
    const enrolments = this.enrolments.enrolmentsOf({ batchId, ...(courseId === undefined ? {} : { courseId }) });
    return oneAhead(inChunks(enrolments, chunkLimits), async (chunk) => {
      watcher.signal.throwIfAborted();
      watcher.advanced(this.percentBefore(chunk), figures.rows);
      const { learners, inactive } = await this.learners.known(chunk, order);
      figures.leftOut += inactive;
      return { learners, courses: await coursesOf(learners, courses) };
    });
  }

  private percentBefore(chunk: readonly Enrolment[]): number {
    const last = chunk.at(-1);
    return last ? this.enrolments.percentBefore(last) : 0;
  }

  private async *rowsOf(
    chunks: AsyncIterable<KnownChunk>,
    scoreColumns: readonly string[],
    figures: ProgressFigures,
  ): AsyncGenerator<string[][]> {
    for await (const { learners, courses } of chunks) {
      const rows = learners.flatMap(({ enrolment, profile, metrics }) => {
        const course = courses.get(enrolment.courseId);
        return course ? [progressRow(enrolment, { course, profile, metrics }, scoreColumns, this.style)] : [];
      });
      figures.rows += rows.length;
      figures.completed += learners.filter(({ enrolment }) => enrolment.completed).length;
      yield rows;
    }
  }
}

async function coursesOf(
  learners: readonly KnownLearner[],
  courses: CoursesOfReport,
): Promise<Map<string, ProgressCourse>> {
  const found = new Map<string, ProgressCourse>();
  for (const { enrolment } of learners) {
    if (!found.has(enrolment.courseId)) found.set(enrolment.courseId, await courses.of(enrolment));
  }
  return found;
}
