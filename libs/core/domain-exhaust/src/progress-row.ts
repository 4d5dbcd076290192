import { type LearnerMetrics } from './batch-metrics.port';
import { type Enrolment } from './enrolment';
import { guardFormula } from './formula-guard';
import { type LearnerProfile, unknownProfile, writeProfileText } from './learner-profile';
import { type ReportStyle } from './report-style';
import { writeDay } from './report-time';
import { scorePercentages } from './score-percentages';

/** What is known of a course and batch; unknown names are empty. */
export interface ProgressCourse {
  readonly collectionName: string;
  readonly batchName: string;
  /** How many contents the course has; undefined when unknown. */
  readonly leafNodesCount: number | undefined;
  /** Contents that do not count for the progress. */
  readonly optionalNodes: ReadonlySet<string>;
  /** Ids of the course's assessments; only their scores count. */
  readonly assessments: ReadonlySet<string>;
}

/** What is known of a learner beside the enrolment. */
export interface ProgressOfLearner {
  readonly course: ProgressCourse;
  readonly profile: LearnerProfile | undefined;
  readonly metrics: LearnerMetrics | undefined;
}

/** Metric that other jobs keep: how many contents of the course, optional ones aside, are completed. */
const completedCountKey = 'completedCount';

/**
 * One row of the progress report, cells in order of `progressColumns`.
 *
 * @param scoreColumns ids of the assessments that have a column; those that are not the course's own stay empty
 */
export function progressRow(
  enrolment: Enrolment,
  { course, profile = unknownProfile, metrics = new Map<string, number>() }: ProgressOfLearner,
  scoreColumns: readonly string[],
  style: ReportStyle,
): string[] {
  const text = style.formulaGuard ? guardFormula : asIs;
  const scores = scorePercentages(metrics, [...course.assessments]);
  const scoreOf = new Map([...course.assessments].map((contentId, index) => [contentId, scores.contents[index] ?? '']));
  return [
    text(enrolment.courseId),
    text(course.collectionName),
    `BatchId_${enrolment.batchId}`,
    text(course.batchName),
    text(enrolment.userId),
    ...profileValues(profile).map((value) => text(writeProfileText(value))),
    writeDay(enrolment.enrolledOnMs, style.timeZone),
    writeDay(enrolment.completedOnMs, style.timeZone),
    enrolment.certificateIssued ? 'Issued' : '',
    writeProgress(enrolment, course, metrics),
    scores.total,
    ...scoreColumns.map((contentId) => scoreOf.get(contentId) ?? ''),
  ];
}

/** In order of the columns. */
function profileValues(profile: LearnerProfile): string[] {
  const { state, district, orgName, schoolId, schoolName, block, cluster, userType, userSubType, board } = profile;
  return [state, district, orgName, schoolId, schoolName, block, cluster, userType, userSubType, board];
}

/**
 * Whole percent, halves up, at most 100. Where nothing is recorded of contents, the number of completed ones that other
 * jobs keep counts.
 */
function writeProgress(enrolment: Enrolment, course: ProgressCourse, metrics: LearnerMetrics): string {
  if (enrolment.completed) return '100';
  const { leafNodesCount = 0, optionalNodes } = course;
  if (leafNodesCount <= 0) return '';
  const { completedContents } = enrolment;
  const completed = completedContents
    ? [...completedContents].filter((contentId) => !optionalNodes.has(contentId)).length
    : (metrics.get(completedCountKey) ?? 0);
  return String(Math.min(100, Math.round((100 * completed) / leafNodesCount)));
}

function asIs(cell: string): string {
  return cell;
}
