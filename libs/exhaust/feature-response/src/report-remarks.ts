import { type ReportOrder } from '@scorekeep/core/domain-exhaust';
import { type ReportFigures } from './report-tally';

/** What a reader of the report should know, in sentences; none when there is nothing unusual. */
export function remarksOn(figures: ReportFigures, order: ReportOrder): string[] {
  const { attempts, attemptsLeftOut } = figures;
  const left = `${attemptsLeftOut} ${attemptsLeftOut === 1 ? 'attempt' : 'attempts'} of learners who are not actively enrolled`;
  if (attempts + attemptsLeftOut === 0)
    return [`batch ${order.batchId} has no answers: the file holds the header only`];
  if (attempts === 0) return [`the file holds the header only: all there is are ${left}`];
  return attemptsLeftOut > 0 ? [`left out: ${left}`] : [];
}
