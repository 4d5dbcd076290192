import { describeBatchOwnership } from './batch-ownership.contract';
import { describeDownloadLog } from './download-log.contract';
import { InMemoryBatchOwnership } from './in-memory-batch-ownership';
import { InMemoryDownloadLog } from './in-memory-download-log';
import { InMemoryOpenRequests } from './in-memory-open-requests';
import { InMemoryRequestLedger } from './in-memory-request-ledger';
import { describeOpenRequests } from './open-requests.contract';
import { describeRequestLedger } from './request-ledger.contract';
import { describeBatchEnrolments } from './batch-enrolments.contract';
import { describeBatchMetrics } from './batch-metrics.contract';
import { describeContentNames } from './content-names.contract';
import { describeCourseBatches } from './course-batches.contract';
import { describeCourseHierarchies } from './course-hierarchies.contract';
import { describeEnrolments } from './enrolments.contract';
import { InMemoryBatchEnrolments } from './in-memory-batch-enrolments';
import { InMemoryBatchMetrics } from './in-memory-batch-metrics';
import { InMemoryContentNames } from './in-memory-content-names';
import { InMemoryCourseBatches } from './in-memory-course-batches';
import { InMemoryCourseHierarchies } from './in-memory-course-hierarchies';
import { InMemoryEnrolments } from './in-memory-enrolments';
import { InMemoryLearnerProfiles } from './in-memory-learner-profiles';
import { describeLearnerProfiles } from './learner-profiles.contract';

describeEnrolments('InMemoryEnrolments', async () => {
  const enrolments = new InMemoryEnrolments();
  return { enrolments, enrol: async (batch, userId, active) => enrolments.enrol(batch, userId, active ?? false) };
});

describeCourseBatches('InMemoryCourseBatches', async () => {
  const batches = new InMemoryCourseBatches();
  return { batches, add: async (batch, name) => batches.add(batch, name) };
});

describeCourseHierarchies('InMemoryCourseHierarchies', async () => {
  const hierarchies = new InMemoryCourseHierarchies();
  return { hierarchies, add: async (courseId, tree) => hierarchies.add(courseId, tree) };
});

describeContentNames('InMemoryContentNames', () => {
  const names = new InMemoryContentNames();
  return { names, add: (id, name) => names.add(id, name) };
});

describeBatchEnrolments('InMemoryBatchEnrolments', async () => {
  const enrolments = new InMemoryBatchEnrolments();
  return { enrolments, add: async (enrolment) => enrolments.add(enrolment) };
});

describeBatchMetrics('InMemoryBatchMetrics', async () => {
  const metrics = new InMemoryBatchMetrics();
  return { metrics, add: async (batch, userId, stored) => metrics.add(batch, userId, stored) };
});

describeLearnerProfiles(
  'InMemoryLearnerProfiles',
  async () => {
    const profiles = new InMemoryLearnerProfiles();
    return { profiles, add: async (userId, profile) => profiles.add(userId, profile) };
  },
  (label) => label,
);

describeRequestLedger('InMemoryRequestLedger', async () => ({ ledger: new InMemoryRequestLedger() }));

describeOpenRequests('InMemoryOpenRequests', async () => ({ open: new InMemoryOpenRequests() }));

describeDownloadLog('InMemoryDownloadLog', async () => ({ log: new InMemoryDownloadLog() }));

describeBatchOwnership('InMemoryBatchOwnership', async () => {
  const ownership = new InMemoryBatchOwnership();
  return { ownership, add: async (...batch) => ownership.add(...batch) };
});
