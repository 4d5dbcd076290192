import { loadSettings } from '@scorekeep/platform/util-config';
import { IngestSettings, ingestSettings } from './ingest.settings';

const withOne = (name: string, value: string) => loadSettings(ingestSettings, { [name]: value });

describe('the settings of the ingest', () => {
  it('have defaults, so that nothing must be set', () => {
    expect(loadSettings(ingestSettings, {}).get(IngestSettings)).toMatchObject({
      ASSESSMENT_EVENTS_MAX: 2_000,
      ASSESSMENT_MESSAGE_MAX_BYTES: 1_048_576,
      ASSESSMENT_SKIP_MISSING_RECORDS: false,
      ATTEMPTS_PER_LEARNER_MAX: 10_000,
      INGEST_LOG_INTERVAL: '60s',
    });
  });

  it.each([
    ['ASSESSMENT_EVENTS_MAX', '0'],
    ['ASSESSMENT_EVENTS_MAX', '20001'],
    ['ASSESSMENT_EVENTS_MAX', '1.5'],
    ['ASSESSMENT_MESSAGE_MAX_BYTES', '1023'],
    ['ASSESSMENT_MESSAGE_MAX_BYTES', '8388609'],
    ['ASSESSMENT_SKIP_MISSING_RECORDS', 'perhaps'],
    ['INGEST_LOG_INTERVAL', 'often'],
    ['REDIS_CONTENT_DB', '16'],
    ['CONTENT_API_URL', 'content-service:9000'],
    ['CONTENT_API_URL', 'http://host/read?id='],
  ])('refuse %s=%s and say so', (name, value) => {
    expect(() => withOne(name, value)).toThrow(name);
  });

  it.each([
    ['ASSESSMENT_EVENTS_MAX', '20000'],
    ['ASSESSMENT_MESSAGE_MAX_BYTES', '8388608'],
    ['ASSESSMENT_SKIP_MISSING_RECORDS', 'true'],
    ['INGEST_LOG_INTERVAL', '0'],
    ['CONTENT_API_URL', 'http://content_service:9000'],
    ['CONTENT_API_URL', 'https://host/api/content/v1/read/'],
  ])('take %s=%s', (name, value) => {
    expect(() => withOne(name, value)).not.toThrow();
  });
});
