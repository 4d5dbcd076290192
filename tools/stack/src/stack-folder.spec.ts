import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StackPorts } from './machine/stack-ports';
import { StackFolder } from './stack-folder';

const ports: StackPorts = {
  CQL_PORT: 1,
  STORAGE_PORT: 2,
  KAFKA_PORT: 3,
  CONTROLLER_PORT: 4,
  REDIS_PORT: 5,
  S3_PORT: 6,
};

describe('StackFolder', () => {
  let parent: string;
  let folder: StackFolder;

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'scorekeep-folder-'));
    folder = new StackFolder(join(parent, 'stack'));
  });

  afterEach(() => rmSync(parent, { recursive: true }));

  it('remembers its ports', () => {
    expect(folder.rememberedPorts()).toBeUndefined();
    folder.rememberPorts(ports);
    expect(folder.rememberedPorts()).toEqual(ports);
  });

  it('is deleted whole, with what a killed wipe left, and nothing beside it', () => {
    folder.rememberPorts(ports);
    mkdirSync(join(parent, 'stack.deleted-4711/kafka'), { recursive: true });
    mkdirSync(join(parent, 'stacks'));
    folder.delete();
    expect(readdirSync(parent)).toEqual(['stacks']);
  });

  it('has one lock, whichever way its path is written', () => {
    symlinkSync(parent, join(parent, 'link'));
    expect(new StackFolder(join(parent, 'link/stack')).lockName).toBe(folder.lockName);
  });

  it('refuses a folder that holds something else, and leaves it as it is', () => {
    mkdirSync(folder.path);
    writeFileSync(join(folder.path, 'thesis.txt'), '');
    expect(() => folder.assertOurs()).toThrow(expect.objectContaining({ code: 'STACK.FOLDER' }) as Error);
    expect(() => folder.delete()).toThrow(expect.objectContaining({ code: 'STACK.FOLDER' }) as Error);
    expect(existsSync(join(folder.path, 'thesis.txt'))).toBe(true);
  });

  it('accepts an empty folder, and one whose first start was killed while it wrote its state', () => {
    mkdirSync(folder.path);
    expect(() => folder.assertOurs()).not.toThrow();
    writeFileSync(join(folder.path, 'stack.json.new'), '{');
    expect(() => folder.assertOurs()).not.toThrow();
  });
});
