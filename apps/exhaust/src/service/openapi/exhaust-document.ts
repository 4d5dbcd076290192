import { ApiDocument } from '@scorekeep/platform/adapter-openapi';
import { routeDescriptions } from './route-descriptions';

/** The document that `/docs/json` shows, without its paths yet. */
export function exhaustDocument(): ApiDocument {
  return new ApiDocument({
    info: {
      title: 'Reports on demand',
      version: 'v1',
      description:
        'Reports of batches as files: asked for, made by workers within seconds, and downloaded by links that expire. ' +
        'Results and errors come in the Sunbird envelope.',
    },
    descriptions: routeDescriptions,
    converters: {
      isReportPassword: {
        type: 'string',
        minLength: 8,
        maxLength: 99,
        description: 'of ASCII, not easy to guess: the files are zips that open with it (AES-256, 7-Zip)',
      },
    },
  });
}
