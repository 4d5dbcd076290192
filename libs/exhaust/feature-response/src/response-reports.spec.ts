import {
  ReportNaming,
  ReportSink,
  responseColumns,
  type SinkOutcome,
  unknownProfile,
} from '@scorekeep/core/domain-exhaust';
import { aVersion, hashToken, InMemoryByteStreams, reportPorts } from '@scorekeep/core/testing-core';
import { parse } from 'csv-parse/sync';
import { AttemptsOfBatch } from './attempts-of-batch';
import { ExhaustSettings } from './exhaust.settings';
import { LearnerChoice } from './learner-choice';
import { ResponseReports } from './response-reports';

const batchId = 'batch-1';

/** What was published, by name. */
class MemorySink extends ReportSink {
  readonly published = new Map<string, Buffer>();

  override async publish(
    name: string,
    bytes: AsyncIterable<Uint8Array>,
    { confirm }: Parameters<ReportSink['publish']>[2],
  ): Promise<SinkOutcome> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of bytes) chunks.push(chunk);
    if (!(await confirm())) return { kind: 'called off' };
    const all = Buffer.concat(chunks);
    this.published.set(name, all);
    return { kind: 'published', bytes: all.length };
  }
}

const order = { batchId, format: 'csv' as const, includeUnenrolled: false };
const watcher = () => {
  const progress: number[][] = [];
  const advanced = (...step: number[]) => void progress.push(step);
  return { progress, signal: new AbortController().signal, advanced, restarted: () => undefined };
};

function newStage() {
  const { table, archive, ledger, enrolments, profiles, batches, hierarchies, names } = reportPorts();
  const attempts = new AttemptsOfBatch({ live: table, archive, ledger, tokenOf: hashToken });
  const choice = new LearnerChoice(enrolments, profiles);
  const naming = new ReportNaming(hierarchies, batches, names);
  const reports = new ResponseReports(attempts, choice, naming, new InMemoryByteStreams(), new ExhaustSettings());
  for (const [userId, rootOrgId] of [
    ['a', 'org-1'],
    ['b', 'org-2'],
    ['c', ''],
  ] as const) {
    table.insert(aVersion(userId));
    enrolments.enrol({ courseId: 'do_course', batchId }, userId);
    if (rootOrgId !== '') profiles.add(userId, { ...unknownProfile, rootOrgId });
  }
  enrolments.enrol({ courseId: 'do_course', batchId }, 'd', false);
  table.insert(aVersion('d'));
  profiles.add('d', { ...unknownProfile, rootOrgId: 'org-1' });
  return { reports, sink: new MemorySink() };
}

const learnersIn = (bytes: Buffer | undefined) =>
  parse<Record<string, string>>(bytes ?? '', { columns: true })
    .map((row) => row['User UUID'])
    .sort();

describe('ResponseReports', () => {
  it.each([
    { what: 'active learners', given: {}, learners: ['a', 'b', 'c'], attemptsLeftOut: 1 },
    { what: 'all learners', given: { includeUnenrolled: true }, learners: ['a', 'b', 'c', 'd'], attemptsLeftOut: 0 },
    { what: 'those of one organisation', given: { organisationId: 'org-1' }, learners: ['a'], attemptsLeftOut: 1 },
    { what: 'nobody', given: { organisationId: 'org-3' }, learners: [], attemptsLeftOut: 0 },
  ])('has $what', async ({ given, learners, attemptsLeftOut }) => {
    const { reports, sink } = newStage();
    const report = await reports.produce({ ...order, ...given }, { sink, name: 'r.csv' }, watcher());
    expect(learnersIn(sink.published.get('r.csv'))).toEqual(learners);
    expect(report).toMatchObject({ learners: learners.length, rows: learners.length, attemptsLeftOut });
  });

  it('has the header for a batch of which there is nothing', async () => {
    const { reports, sink } = newStage();
    const unknown = { ...order, batchId: 'batch-9' };
    expect(await reports.produce(unknown, { sink, name: 'r.csv' }, watcher())).toMatchObject({ rows: 0 });
    expect(sink.published.get('r.csv')?.toString()).toBe(`${responseColumns.join(',')}\n`);
  });

  it('refuses a format that it cannot write', async () => {
    const { reports, sink } = newStage();
    const produced = reports.produce({ ...order, format: 'parquet' }, { sink, name: 'r' }, watcher());
    await expect(produced).rejects.toMatchObject({ code: 'EXHAUST.UNKNOWN_FORMAT' });
  });
});
