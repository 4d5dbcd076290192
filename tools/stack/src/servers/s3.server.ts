import { join } from 'node:path';
import { type S3Client } from '@aws-sdk/client-s3';
import { JAVA } from '../machine/requirements';
import { type ServerSite, type StackServer } from './stack-server';

const BUCKET = 'scorekeep';
/** As in s3proxy.properties: known to everybody, good for loopback only. */
const IDENTITY = 'local-identity';
const CREDENTIAL = 'local-credential';
const REGION = 'us-east-1';

const address = (site: ServerSite) => `http://127.0.0.1:${site.ports.S3_PORT}`;

export const s3Server: StackServer = {
  name: 's3',
  title: 'S3Proxy 3.0',
  runsOn: JAVA,
  jarProfile: 's3proxy',
  ports: ['S3_PORT'],
  templates: ['s3proxy.properties', 'logback.xml'],
  command: (site, { program, classPath }) => [
    program,
    '-Xmx128m',
    '-XX:+UseSerialGC',
    // starts in half the time; what the second compiler would gain matters to no test
    '-XX:TieredStopAtLevel=1',
    `-Dlogback.configurationFile=${join(site.configFolder, 'logback.xml')}`,
    '-cp',
    classPath,
    'org.gaul.s3proxy.Main',
    '--properties',
    join(site.configFolder, 's3proxy.properties'),
  ],
  probe: probeS3,
  furnish: createBucket,
  address,
  settings: (site) => ({
    S3_ENDPOINT: address(site),
    S3_REGION: REGION,
    S3_ACCESS_KEY_ID: IDENTITY,
    S3_SECRET_ACCESS_KEY: CREDENTIAL,
    S3_FORCE_PATH_STYLE: 'true',
    STORAGE_BUCKET: BUCKET,
  }),
};

/** A signed request. */
async function probeS3(site: ServerSite): Promise<void> {
  const { ListBucketsCommand } = await import('@aws-sdk/client-s3');
  await withClient(site, (client) => client.send(new ListBucketsCommand()));
}

async function createBucket(site: ServerSite): Promise<void> {
  const { CreateBucketCommand, HeadBucketCommand, NotFound } = await import('@aws-sdk/client-s3');
  await withClient(site, async (client) => {
    await client.send(new HeadBucketCommand({ Bucket: BUCKET })).catch(async (error: unknown) => {
      if (!(error instanceof NotFound)) throw error;
      await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
    });
  });
}

async function withClient(site: ServerSite, use: (client: S3Client) => Promise<unknown>): Promise<void> {
  const sdk = await import('@aws-sdk/client-s3');
  const client = new sdk.S3Client({
    endpoint: address(site),
    region: REGION,
    credentials: { accessKeyId: IDENTITY, secretAccessKey: CREDENTIAL },
    forcePathStyle: true,
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 3000, requestTimeout: 5000 },
  });
  try {
    await use(client);
  } finally {
    client.destroy();
  }
}
