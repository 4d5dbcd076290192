import { InMemoryEnrolments, InMemoryLearnerProfiles } from '@scorekeep/core/testing-core';
import { unknownProfile } from './learner-profile';
import { ReportLearners } from './report-learners';

const batch = { courseId: 'course', batchId: 'batch' };
const everybody = ['active', 'left', 'never', 'of another', 'without profile'];

function setUp() {
  const enrolments = new InMemoryEnrolments();
  for (const userId of ['active', 'of another', 'without profile']) enrolments.enrol(batch, userId);
  enrolments.enrol(batch, 'left', false);
  const profiles = new InMemoryLearnerProfiles();
  for (const userId of ['active', 'left', 'never']) profiles.add(userId, { ...unknownProfile, rootOrgId: 'org' });
  profiles.add('of another', { ...unknownProfile, rootOrgId: 'other' });
  return new ReportLearners(enrolments, profiles);
}

it.each([
  {
    ...{ includeUnenrolled: false, organisationId: undefined },
    ...{ chosen: ['active', 'of another', 'without profile'], unenrolled: ['left', 'never'] },
  },
  { includeUnenrolled: true, organisationId: undefined, chosen: everybody, unenrolled: [] },
  { includeUnenrolled: false, organisationId: 'org', chosen: ['active'], unenrolled: ['left', 'never'] },
  { includeUnenrolled: true, organisationId: 'org', chosen: ['active', 'left', 'never'], unenrolled: [] },
  { includeUnenrolled: true, organisationId: '', chosen: [], unenrolled: [] },
])('$includeUnenrolled, $organisationId: $chosen', async ({ chosen, unenrolled, organisationId, ...wanted }) => {
  const order = { ...wanted, ...(organisationId === undefined ? {} : { organisationId }) };
  const learners = await setUp().among(batch, [...everybody, ...everybody], order);
  expect([...learners.chosen]).toEqual(chosen);
  expect([...learners.unenrolled]).toEqual(unenrolled);
});
