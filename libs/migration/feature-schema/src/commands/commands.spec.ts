import { Interruption, Output } from '@scorekeep/platform/util-cli';
import { ApplySchema } from '../apply-schema.use-case';
import { CreateTopics } from '../create-topics.use-case';
import { SchemaChanges, type SchemaOverview, type SchemaReport, type SchemaWork } from '../schema-changes.port';
import { SchemaStatus } from '../schema-status.use-case';
import { TopicAdministration } from '../topic-administration.port';
import { TopicPlan } from '../topic-plan';
import { SchemaStatusCommand } from './schema-status.command';
import { SchemaUpCommand } from './schema-up.command';
import { SchemaCommand } from './schema.command';
import { TopicsCommand } from './topics.command';

const NOTHING: SchemaReport = { keyspaces: [], changes: [], notes: [] };
const FIRST: SchemaReport = {
  keyspaces: ['CREATE KEYSPACE k'],
  changes: [{ version: 1, name: 'first', statements: ['CREATE TABLE k.t', 'CREATE TABLE k.u'] }],
  notes: ['k.v is left'],
};

class InMemorySchemaChanges extends SchemaChanges {
  applied = false;
  foreign: SchemaOverview['versions'] = [];

  override async plan(): Promise<SchemaReport> {
    return this.applied ? NOTHING : FIRST;
  }

  override async apply({ say }: SchemaWork): Promise<SchemaReport> {
    const report = await this.plan();
    [...report.keyspaces, ...report.changes.flatMap(({ statements }) => statements)].forEach(say);
    this.applied = true;
    return report;
  }

  override async status(): Promise<SchemaOverview> {
    const first = this.applied
      ? { version: 1, name: 'first', state: 'applied' as const, appliedAt: new Date('2024-05-06T07:08:09Z') }
      : { version: 1, name: 'first', state: 'pending' as const };
    return {
      upToDate: this.applied,
      versions: [first, ...this.foreign],
      indexes: [{ name: 't_a_sai', state: this.applied ? 'ready' : 'missing' }],
    };
  }
}

class InMemoryTopics extends TopicAdministration {
  readonly topics = new Map<string, number>();

  override async existing(): Promise<ReadonlySet<string>> {
    return new Set(this.topics.keys());
  }

  override async createMissing(topics: readonly string[], partitions: number): Promise<readonly string[]> {
    const missing = topics.filter((topic) => !this.topics.has(topic));
    missing.forEach((topic) => this.topics.set(topic, partitions));
    return missing;
  }
}

let stdout: string;
let stderr: string;
let output: Output;
beforeEach(() => {
  stdout = '';
  stderr = '';
  output = new Output({
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
  });
});
const printed = (): unknown => JSON.parse(stdout);

describe('schema', () => {
  it('alone is not enough', async () => {
    await expect(new SchemaCommand().run()).rejects.toThrow('Say "up" or "status".');
  });
});

describe('schema up', () => {
  let schema: InMemorySchemaChanges;
  const up = (options: { dryRun?: boolean; json?: boolean } = {}) => {
    const interruption = new Interruption(new AbortController().signal);
    return new SchemaUpCommand(new ApplySchema(schema), output, interruption).run([], options);
  };
  beforeEach(() => (schema = new InMemorySchemaChanges()));

  it('applies, tells every statement and note on stderr, and prints a table', async () => {
    await up();
    expect(schema.applied).toBe(true);
    expect(stderr).toBe('CREATE KEYSPACE k\nCREATE TABLE k.t\nCREATE TABLE k.u\nnote: k.v is left\n');
    expect(stdout).toMatch(/1\s*│\s*first\s*│\s*2/);
    expect(stdout).toContain('The schema is up to date.');
  });

  it('says so when there is nothing to do', async () => {
    schema.applied = true;
    await up();
    expect(stdout).toBe('Nothing to do: the schema is up to date.\n');
  });

  it('prints one JSON object', async () => {
    await up({ json: true });
    expect(printed()).toEqual({ dryRun: false, ...FIRST });
  });

  it('as a dry run prints the statements and changes nothing', async () => {
    await up({ dryRun: true });
    expect(schema.applied).toBe(false);
    expect(stdout).toBe('CREATE KEYSPACE k;\nCREATE TABLE k.t;\nCREATE TABLE k.u;\n3 statements would be executed.\n');
  });

  it('as a dry run prints JSON too', async () => {
    await up({ dryRun: true, json: true });
    expect(schema.applied).toBe(false);
    expect(printed()).toEqual({ dryRun: true, ...FIRST });
  });

  it('as a dry run says that there is nothing to do', async () => {
    schema.applied = true;
    await up({ dryRun: true });
    expect(stdout).toBe('Nothing to do.\n');
  });
});

describe('schema status', () => {
  let schema: InMemorySchemaChanges;
  const status = (json = false) => new SchemaStatusCommand(new SchemaStatus(schema), output).run([], { json });
  beforeEach(() => (schema = new InMemorySchemaChanges()));

  it('prints versions and indexes', async () => {
    schema.applied = true;
    await status();
    expect(stdout).toMatch(/first\s*│\s*applied\s*│\s*2024-05-06T07:08:09.000Z/);
    expect(stdout).toMatch(/t_a_sai\s*│\s*ready/);
    expect(stdout).toContain('The schema is up to date.');
  });

  it('does not fail because something is pending', async () => {
    await status();
    expect(stdout).toContain('pending');
    expect(stdout).toContain('The schema is not up to date: see "migrator schema up".');
  });

  it('prints one JSON object', async () => {
    await status(true);
    expect(printed()).toEqual({
      upToDate: false,
      versions: [{ version: 1, name: 'first', state: 'pending' }],
      indexes: [{ name: 't_a_sai', state: 'missing' }],
    });
  });

  it.each(['changed', 'unknown'] as const)('prints and then fails on a version that is %s', async (state) => {
    schema.foreign = [{ version: 2, name: 'other', state }];
    await expect(status()).rejects.toMatchObject({ code: 'SCHEMA.FOREIGN' });
    expect(stdout).toMatch(new RegExp(`other\\s*│\\s*${state}`));
  });
});

describe('topics', () => {
  let administration: InMemoryTopics;
  const topics = (options: { dryRun?: boolean; json?: boolean } = {}) =>
    new TopicsCommand(new CreateTopics(administration, new TopicPlan(['a', 'b', 'c'], 4)), output).run([], options);
  beforeEach(() => {
    administration = new InMemoryTopics();
    administration.topics.set('b', 1);
  });

  it('creates what is missing and leaves the rest as it is', async () => {
    await topics();
    expect([...administration.topics]).toEqual([
      ['b', 1],
      ['a', 4],
      ['c', 4],
    ]);
    expect(stdout).toMatch(/a\s*│\s*created, 4 partitions/);
    expect(stdout).toMatch(/b\s*│\s*exists/);
  });

  it('prints one JSON object', async () => {
    await topics({ json: true });
    expect(printed()).toEqual({ dryRun: false, created: ['a', 'c'], existing: ['b'], partitions: 4 });
  });

  it('as a dry run creates nothing', async () => {
    await topics({ dryRun: true });
    expect([...administration.topics.keys()]).toEqual(['b']);
    expect(stdout).toMatch(/a\s*│\s*missing/);
    expect(stdout).toMatch(/b\s*│\s*exists/);
  });

  it('done again creates nothing', async () => {
    await topics();
    stdout = '';
    await topics({ json: true });
    expect(printed()).toMatchObject({ created: [], existing: ['a', 'b', 'c'] });
  });
});
