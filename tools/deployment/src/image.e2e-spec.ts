import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { versionOf } from '../../build/src';
import { type BuiltImage, runDockerfile } from './run-dockerfile';

const root = resolve(__dirname, '../../..');

describe('the Dockerfile, its steps run in empty folders,', () => {
  const folder = mkdtempSync(join(tmpdir(), 'image-'));
  let image: BuiltImage;

  beforeAll(() => {
    image = runDockerfile({
      dockerfile: readFileSync(join(root, 'deploy/docker/Dockerfile'), 'utf8'),
      context: root,
      folder,
      buildArguments: { APP: 'migrator', COMMIT: '0123456789ab' },
    });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const inImage = (command: readonly string[], ...args: string[]) => {
    const [program = '', ...own] = command;
    return spawnSync(program, [...own, ...args], {
      cwd: image.folder,
      env: { PATH: process.env['PATH'], ...image.environment },
      encoding: 'utf8',
    });
  };

  it('gives an app that says its version and commit, and is not started by root', () => {
    expect(inImage(image.entrypoint, '--version')).toMatchObject({
      status: 0,
      stdout: `${versionOf(root, 'migrator')} (0123456789ab)\n`,
    });
    expect(image.user).toBe('node');
    expect(image.entrypoint[0]).toBe('node');
  });

  it('takes a command for healthy, and a service while it answers', async () => {
    expect(inImage(image.healthCheck).status).toBe(0);
    let status = 200;
    const server = createServer(({ url }, reply) => reply.writeHead(url === '/health/live' ? status : 404).end());
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const check = async () => {
      const [program = '', ...args] = image.healthCheck;
      const child = spawn(program, args, {
        cwd: image.folder,
        env: { PATH: process.env['PATH'], HEALTH_PORT: String(port) },
      });
      return new Promise((done) => child.once('close', done));
    };
    expect(await check()).toBe(0);
    status = 500;
    expect(await check()).toBe(1);
    await new Promise((done) => server.close(done));
    expect(await check()).toBe(1);
  });
});
