import { resolve } from 'node:path';
import { allowedPackages, buildableApps, installedPackages, readWorkspace, Transpiler } from '../../build/src';

const root = resolve(__dirname, '../../..');
const transpiler = new Transpiler(readWorkspace(root));

describe('the packages that are installed for', () => {
  // What is new here is downloaded, watched for vulnerabilities and shipped with the app from now on. When that is meant:
  // npm run build -- --allow-packages
  it.each(buildableApps(root))('%s are those of its packages.json', async (app) => {
    expect(await installedPackages(transpiler, app)).toEqual(allowedPackages(root, app));
  });

  it.each([
    ['ingest', /^(@aws-sdk|@azure|@google-cloud|@duckdb|@zip\.js)\//],
    ['content-state-api', /^(@aws-sdk|@azure|@google-cloud|@duckdb|@zip\.js)\//],
    ['migrator', /^(@zip\.js|swagger-ui-dist)/],
    ['archiver', /^(@zip\.js|swagger-ui-dist)/],
  ])('%s: no part that is for others', (app, parts) => {
    expect(allowedPackages(root, app).filter((name) => parts.test(name))).toEqual([]);
  });
});
