import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { isoWeekOf } from '@scorekeep/core/domain-archive';
import { type StorageLayout } from '@scorekeep/core/domain-scoring';
import { aVersion } from '@scorekeep/core/testing-core';
import { parse } from 'csv-parse/sync';
import { ReportStage } from './report-stage.fixture';
import { sendRedis } from './send-redis.fixture';

jest.setTimeout(240_000);

const userDatabase = 12;
const batch = 'progress-batch';
const day = (text: string): Date => new Date(`${text}T10:00:00Z`);

describe.each<{ layout: StorageLayout }>([{ layout: 'unified' }, { layout: 'split' }])(
  'exhaust progress, $layout layout',
  ({ layout }) => {
    let stage: ReportStage;
    let search: Server;
    let file: string;
    let course: string;
    const keys: string[] = [];

    const settings = (): Record<string, string> => ({
      REDIS_USER_DB: String(userDatabase),
      REDIS_RELATION_DB: String(userDatabase),
      CONTENT_API_URL: `http://127.0.0.1:${(search.address() as AddressInfo).port}`,
    });
    const report = (changed: Record<string, string> = settings(), ...args: string[]) =>
      stage.run(['progress', '--batch', batch, '--out', file, ...args], changed);
    const redis = (...commands: string[][]) => sendRedis(process.env['REDIS_URL'] ?? '', userDatabase, commands);
    const rows = () => parse<Record<string, string>>(readFileSync(file), { columns: true, record_delimiter: '\n' });

    beforeAll(async () => {
      stage = await ReportStage.open(process.env, layout, 'local');
      search = createServer((request, response) => {
        request.resume();
        request.on('end', () =>
          response.end(JSON.stringify({ result: { content: [{ identifier: course, name: 'Named by the search' }] } })),
        );
      });
      await new Promise<void>((listening) => search.listen(0, '127.0.0.1', listening));
      file = join(stage.folder, 'progress.csv');
      course = `do_${stage.session.keyspace}`;
      await putBatch();
    });
    afterAll(async () => {
      await redis(['DEL', ...keys]);
      await new Promise((closed) => search.close(closed));
      await stage.close();
    });

    async function putBatch(): Promise<void> {
      const inBatch = { courseid: course, batchid: batch, active: true };
      const quiz = { contentType: 'SelfAssess', name: 'Quiz' };
      const children = [
        { identifier: 'u', children: [{ identifier: 'do_z', ...quiz }] },
        { identifier: 'do_a', ...quiz },
      ];
      const hierarchy = JSON.stringify({ identifier: course, leafNodesCount: 4, children });
      await stage.put('content_hierarchy', { identifier: course, hierarchy });
      await stage.put('course_batch', { courseid: course, batchid: batch, name: '=Autumn' });
      await stage.put('user_enrolments', {
        ...{ ...inBatch, userid: 'learner-a', enrolled_date: day('2023-03-01'), enrolleddate: '2020-01-01' },
        contentstatus: new Map([
          ['do_z', 2],
          ['do_a', 1],
          ['optional', 2],
        ]),
      });
      await stage.put('user_enrolments', {
        ...{ ...inBatch, userid: 'learner-b', enrolleddate: '2023-03-02 05:41:50:382+0000' },
        ...{ completedon: day('2023-04-05'), issued_certificates: [new Map([['name', 'merit']])] },
      });
      await stage.put('user_enrolments', { ...inBatch, userid: 'learner-c', active: false });
      await stage.put('user_enrolments', { ...inBatch, userid: 'learner-d', batchid: 'another' });
      // Of a learner whom only the reference scored: metrics, but no `attempts`.
      await stage.put('user_activity_agg', {
        ...{ activity_type: 'Course', activity_id: course, user_id: 'learner-a', context_id: `cb:${batch}` },
        agg: new Map([
          ['score:do_z', 1],
          ['max_score:do_z', 3],
        ]),
        aggregates: new Map([
          ['score:do_z', 2],
          ['score:do_a', 0.5],
          ['max_score:do_a', 2],
        ]),
      });
      keys.push('user:learner-a', `${course}:${course}:optionalnodes`);
      await redis(
        ['HSET', 'user:learner-a', 'state', 'Karnataka', 'board', '["CBSE","State"]', 'schoolname', '=cmd()'],
        ['SADD', `${course}:${course}:optionalnodes`, 'optional'],
      );
    }

    it('has a row per active enrolment, from every source', async () => {
      const run = await report(settings(), '--json');
      expect(run).toMatchObject({ code: 0, stderr: expect.stringContaining('left out: 1 enrolment') as unknown });
      expect(Object.keys(rows()[0] ?? {}).slice(-3)).toEqual(['Total Score', 'do_z - Score', 'do_a - Score']);
      const known = { 'Collection Id': course, 'Collection Name': 'Named by the search', 'Batch Name': "'=Autumn" };
      expect(rows().sort(byLearner)).toMatchObject([
        {
          ...{ ...known, 'Batch Id': `BatchId_${batch}`, 'User UUID': 'learner-a', State: 'Karnataka' },
          ...{ 'School Name': "'=cmd()", 'Declared Board': 'CBSE, State', 'Enrolment Date': '01/03/2023' },
          ...{ 'Completion Date': '', 'Certificate Status': '', Progress: '25' },
          ...{ 'Total Score': '50%', 'do_z - Score': '67%', 'do_a - Score': '25%' },
        },
        {
          ...{ ...known, 'User UUID': 'learner-b', State: '', 'Enrolment Date': '02/03/2023' },
          ...{ 'Completion Date': '05/04/2023', 'Certificate Status': 'Issued', Progress: '100', 'Total Score': '' },
        },
      ]);
      expect(JSON.parse(run.stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
        ...{ batchId: batch, file, format: 'csv', learners: 2, rows: 2, completed: 1, enrolmentsLeftOut: 1 },
      });
    });

    it('is the same when answers are archived and deleted, and with the course named', async () => {
      await report();
      const before = readFileSync(file, 'utf8');
      const attempt = aVersion('learner-a', 0, { courseId: course, batchId: batch, contentId: 'do_z' });
      await stage.insert([attempt]);
      await report();
      expect(readFileSync(file, 'utf8')).toBe(before);
      await stage.archive({ batchId: batch, collectionId: course, week: isoWeekOf(attempt.updatedOnMs ?? 0) }, [
        attempt,
      ]);
      await stage.delete([attempt]);
      await report(settings(), '--collection', course);
      expect(readFileSync(file, 'utf8')).toBe(before);
    });

    it('leaves empty what no source is configured for, and says so once', async () => {
      const run = await report({ REDIS_URL: '', CONTENT_API_URL: '' }, '--include-unenrolled');
      expect(run.code).toBe(0);
      expect(rows()).toHaveLength(3);
      expect(rows().sort(byLearner)[0]).toMatchObject({ 'Collection Name': '', State: '', Progress: '50' });
      for (const words of ['no profiles of learners', 'no content search', 'no optional contents']) {
        expect(run.stderr.split(words)).toHaveLength(2);
      }
    });

    it.each([
      { source: 'Redis', changed: { REDIS_URL: 'redis://127.0.0.1:1' }, setting: 'REDIS_URL' },
      { source: 'content search', changed: { CONTENT_API_URL: 'http://127.0.0.1:1' }, setting: 'CONTENT_API_URL' },
    ])(
      'fails, naming the setting, when the $source does not answer, and leaves no file',
      async ({ changed, setting }) => {
        file = join(stage.folder, 'never.csv');
        const run = await report({ ...settings(), ...changed });
        expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining(setting) as unknown });
        expect(readdirSync(stage.folder).filter((name) => name.startsWith('never'))).toEqual([]);
      },
    );

    it('writes the header alone for an unknown batch, and says so', async () => {
      const run = await stage.run(['progress', '--batch', 'unknown', '--out', file], settings());
      expect(run).toMatchObject({ code: 0, stderr: expect.stringContaining('unknown has no enrolments') as unknown });
      expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(1);
    });
  },
);

function byLearner(left: Record<string, string>, right: Record<string, string>): number {
  return (left['User UUID'] ?? '') < (right['User UUID'] ?? '') ? -1 : 1;
}
