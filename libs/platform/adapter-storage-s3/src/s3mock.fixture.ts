import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JAVA, jarFolder, pathOf, provideJars } from '../../../../tools/stack/src';
import { S3StorageSettings } from './s3-storage.settings';

const PROFILE = 's3mock';
const BUCKET = 'contract';

/** Adobe's S3Mock, a second implementation of S3 beside the stack's, as a process of a test's own. */
export class S3Mock {
  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
    private readonly port: string,
  ) {}

  /** Its jar comes from Maven Central, once. */
  static async start(): Promise<S3Mock> {
    await provideJars(PROFILE, 'S3Mock', (line) => process.stderr.write(`${line}\n`));
    const [jar = ''] = readdirSync(jarFolder(PROFILE));
    const folder = mkdtempSync(join(tmpdir(), 's3mock-'));
    const options = {
      'server.port': '0',
      'com.adobe.testing.s3mock.http-port': '0',
      'com.adobe.testing.s3mock.store.root': folder,
      'com.adobe.testing.s3mock.store.initial-buckets': BUCKET,
    };
    const words = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
    const child = spawn(pathOf(JAVA), ['-Xmx256m', '-jar', join(jarFolder(PROFILE), jar), ...words], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return new S3Mock(child, folder, await portOf(child));
  }

  /** It believes every key. */
  get settings(): S3StorageSettings {
    return Object.assign(new S3StorageSettings(), {
      STORAGE_BUCKET: BUCKET,
      S3_ENDPOINT: `http://127.0.0.1:${this.port}`,
      S3_REGION: 'us-east-1',
      S3_ACCESS_KEY_ID: 'any',
      S3_SECRET_ACCESS_KEY: 'any',
      S3_FORCE_PATH_STYLE: true,
    });
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.process.once('close', resolve));
    this.process.kill();
    await closed;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** It says where it listens when it does. */
function portOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const port = /started on ports .*?(\d+) \(http\)/.exec(said)?.[1];
      if (port !== undefined) resolve(port);
    });
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`S3Mock ended with ${code}: ${said}`)));
  });
}
