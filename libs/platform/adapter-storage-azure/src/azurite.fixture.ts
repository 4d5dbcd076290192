import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { BlobServiceClient } from '@azure/storage-blob';
import { BUCKET_LIMITS, type BucketLimits } from '@scorekeep/platform/adapter-storage-bucket';
import { AzureArchiveStorage } from './azure-archive-storage.adapter';
import { AzureStorageSettings } from './azure-storage.settings';

/** Known to everybody: every emulator has it. */
const ACCOUNT = 'devstoreaccount1';
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** Microsoft's emulator of Blob Storage, in memory, as a process of a test's own. */
export class Azurite {
  private constructor(
    private readonly process: ChildProcess,
    readonly port: number,
  ) {}

  static async start(): Promise<Azurite> {
    const main = require.resolve('azurite/dist/src/blob/main.js');
    const options = ['--inMemoryPersistence', '--blobPort', '0', '--skipApiVersionCheck', '--disableTelemetry'];
    const child = spawn(process.execPath, [main, ...options], { cwd: tmpdir(), stdio: ['ignore', 'pipe', 'pipe'] });
    return new Azurite(child, await portOf(child));
  }

  /** @param address `host:port` in place of its own: a proxy before it, or nothing */
  settings(container: string, address = `127.0.0.1:${this.port}`, key = KEY): AzureStorageSettings {
    const endpoint = `http://${address}/${ACCOUNT}`;
    return Object.assign(new AzureStorageSettings(), {
      STORAGE_BUCKET: container,
      AZURE_STORAGE_CONNECTION_STRING: `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${key};BlobEndpoint=${endpoint};`,
    });
  }

  async createContainer(container: string): Promise<void> {
    const { AZURE_STORAGE_CONNECTION_STRING: connection } = this.settings(container);
    await BlobServiceClient.fromConnectionString(connection).createContainer(container);
  }

  storage(container: string, limits: Partial<BucketLimits> = {}, address?: string): AzureArchiveStorage {
    return new AzureArchiveStorage(this.settings(container, address), { ...BUCKET_LIMITS, ...limits });
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.process.once('close', resolve));
    this.process.kill();
    await closed;
  }
}

/** It says where it listens when it does. */
function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const port = /listens? on http:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1];
      if (port !== undefined) resolve(Number(port));
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', reject);
    child.once('close', (code) => reject(new Error(`azurite ended with ${code}: ${said}`)));
  });
}
