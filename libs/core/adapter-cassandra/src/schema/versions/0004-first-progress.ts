import { type SchemaVersion } from '../schema-version';

/** What an update that made a content's row gave as progress, while the row itself began at 0. */
export const firstProgress: SchemaVersion = {
  version: 4,
  name: 'first-progress',
  otherTypes: 'refused',
  steps: [{ kind: 'columns', table: 'user_content_consumption', columns: { first_progress: 'int' } }],
};
