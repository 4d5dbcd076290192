import { describeBatchOwnership } from './batch-ownership.contract';
import { describeDownloadLog } from './download-log.contract';
import { InMemoryBatchOwnership } from './in-memory-batch-ownership';
import { InMemoryDownloadLog } from './in-memory-download-log';
import { InMemoryOpenRequests } from './in-memory-open-requests';
import { InMemoryRequestLedger } from './in-memory-request-ledger';
import { describeOpenRequests } from './open-requests.contract';
import { describeRequestLedger } from './request-ledger.contract';
import { describeContentTitles } from './content-titles.contract';
import { describeCourseBatches } from './course-batches.contract';
import { describeEnrolments } from './enrolments.contract';
import { InMemoryContentTitles } from './in-memory-content-titles';
import { InMemoryCourseBatches } from './in-memory-course-batches';
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

describeContentTitles('InMemoryContentTitles', async () => {
  const contents = new InMemoryContentTitles();
  return { contents, add: async (...course) => contents.add(...course) };
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
