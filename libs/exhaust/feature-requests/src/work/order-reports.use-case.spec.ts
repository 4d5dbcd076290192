import { aReportRequest, InMemoryBatchOwnership } from '@scorekeep/core/testing-core';
import { type WorkOptions } from '../request-options';
import { OrderReports } from './order-reports.use-case';

const batch = { courseId: 'do_course', batchId: 'batch-1' };

it.each([
  { owners: ['org-1'], withUnknownOwner: 'own learners', theirs: true },
  { owners: ['org-2', 'org-1'], withUnknownOwner: 'own learners', theirs: true },
  { owners: ['org-2'], withUnknownOwner: 'all learners', theirs: false },
  { owners: [], withUnknownOwner: 'own learners', theirs: false },
  { owners: [], withUnknownOwner: 'all learners', theirs: true },
] as const)('$owners, $withUnknownOwner: whole batch $theirs', async ({ owners, withUnknownOwner, theirs }) => {
  const ownership = new InMemoryBatchOwnership();
  ownership.add(batch, ...owners);
  const orders = new OrderReports(ownership, { withUnknownOwner } as WorkOptions);
  const order = await orders.execute(aReportRequest({ organisationId: 'org-1' }), 'batch-1');
  const whole = { batchId: 'batch-1', collectionId: 'do_course', format: 'csv', includeUnenrolled: false };
  expect(order).toEqual(theirs ? whole : { ...whole, organisationId: 'org-1' });
});
