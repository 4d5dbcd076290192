import { ApiDocument } from '@scorekeep/platform/adapter-openapi';
import { routeDescriptions } from './route-descriptions';

/** The document that `/docs/json` shows, without its paths yet. */
export function contentStateDocument(): ApiDocument {
  return new ApiDocument({
    info: {
      title: 'Content state',
      version: 'v1',
      description:
        'Learners’ state in their courses: how far they got and how well. Results and errors come in the Sunbird envelope.',
    },
    descriptions: routeDescriptions,
    additions: {
      ContentFields: { progressdetails: { description: 'any JSON' } },
      AssessmentFields: {
        events: { type: 'array', items: { type: 'object' }, description: 'ASSESS telemetry: an answer each' },
      },
    },
    converters: {
      isEpochMs: { anyOf: [{ type: 'number', minimum: 1 }, { type: 'string' }], description: 'ms since epoch' },
    },
  });
}
