import { randomUUID } from 'node:crypto';
import { unknownProfile } from '@scorekeep/core/domain-exhaust';
import { describeLearnerProfiles } from '@scorekeep/core/testing-core';
import { CatalogueSettings } from './catalogue.settings';
import { connectRedis } from './connect-redis';
import { ReportCatalogue } from './report-catalogue';

const database = 13;
const users = connectRedis(process.env['REDIS_URL'] ?? '', database, () => undefined);
const run = randomUUID();
const keys: string[] = [];

const warnings: string[] = [];
const catalogueOf = (settings: Partial<CatalogueSettings>): ReportCatalogue => {
  const catalogue = new ReportCatalogue(Object.assign(new CatalogueSettings(), settings), (message) =>
    warnings.push(message),
  );
  opened.push(catalogue);
  return catalogue;
};
const opened: ReportCatalogue[] = [];
const url = process.env['REDIS_URL'];

const put = async (userId: string, fields: Record<string, string>): Promise<void> => {
  keys.push(`user:${userId}`);
  await users.hset(`user:${userId}`, fields);
};

beforeEach(() => warnings.splice(0));
afterAll(async () => {
  if (keys.length > 0) await users.del(...keys);
  users.disconnect();
  for (const catalogue of opened) catalogue.close();
});

const { profiles, optionalNodes } = catalogueOf({
  ...(url === undefined ? {} : { REDIS_URL: url }),
  ...{ REDIS_USER_DB: database, REDIS_RELATION_DB: database },
});

describeLearnerProfiles(
  'RedisLearnerProfiles',
  async () => ({
    profiles,
    add: (userId, { orgName, schoolId, schoolName, userType, userSubType, rootOrgId, ...same }) => {
      const renamed = { orgname: orgName, schooludisecode: schoolId, schoolname: schoolName, usertype: userType };
      const fields = { ...same, ...renamed, usersubtype: userSubType, rootorgid: rootOrgId };
      return put(userId, Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')));
    },
  }),
  (label) => `${run} ${label}`,
);

describe('ReportCatalogue', () => {
  it('knows nothing of learners whose key has another type, and everything of the others', async () => {
    keys.push(`user:${run}-text`);
    await users.set(`user:${run}-text`, 'x');
    await put(`${run}-hash`, { state: 'Goa', firstname: 'unread' });
    const found = await profiles.profilesOf([`${run}-text`, `${run}-hash`]);
    expect(found).toEqual(new Map([[`${run}-hash`, { ...unknownProfile, state: 'Goa' }]]));
  });

  it('fails, naming the setting, when a configured Redis does not answer', async () => {
    const unreachable = catalogueOf({ REDIS_URL: 'redis://127.0.0.1:1' });
    const unavailable = {
      code: 'CATALOGUE.UNAVAILABLE',
      retryable: true,
      message: expect.stringContaining('REDIS_URL') as unknown,
    };
    await expect(unreachable.profiles.profilesOf(['learner'])).rejects.toMatchObject(unavailable);
    await expect(unreachable.optionalNodes.optionalNodesOf('course')).rejects.toMatchObject(unavailable);
  });

  it('knows the optional contents of a course', async () => {
    const key = `${run}:${run}:optionalnodes`;
    keys.push(key, `${run}-text:${run}-text:optionalnodes`);
    await users.sadd(key, 'do_1', 'do_2');
    await users.set(`${run}-text:${run}-text:optionalnodes`, 'x');
    expect(await optionalNodes.optionalNodesOf(run)).toEqual(new Set(['do_1', 'do_2']));
    expect(await optionalNodes.optionalNodesOf(`${run}-text`)).toEqual(new Set());
    expect(await optionalNodes.optionalNodesOf(`${run}-unknown`)).toEqual(new Set());
  });

  it('knows nothing where nothing is configured, and says so once when it is asked', async () => {
    const unconfigured = catalogueOf({});
    expect(warnings).toEqual([]);
    for (let time = 0; time < 2; time += 1) {
      expect(await unconfigured.profiles.profilesOf(['learner'])).toEqual(new Map());
      expect(await unconfigured.optionalNodes.optionalNodesOf('course')).toEqual(new Set());
      expect(await unconfigured.names.namesOf(['content'])).toEqual(new Map());
    }
    expect(warnings).toEqual([
      expect.stringMatching(/profiles.*REDIS_URL/),
      expect.stringMatching(/optional.*REDIS_URL/),
      expect.stringMatching(/search.*CONTENT_API_URL/),
    ]);
  });
});
