import { type SchemaVersion } from '../schema-version';

/** By which reports find everybody who is enrolled in a batch. */
export const enrolmentsByBatch: SchemaVersion = {
  version: 6,
  name: 'enrolments-by-batch',
  otherTypes: 'refused',
  steps: [{ kind: 'index', table: 'user_enrolments', column: 'batchid' }],
};
