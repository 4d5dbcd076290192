import { type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { CassandraArchivalLedger } from '@scorekeep/core/adapter-cassandra';
import { type ArchivalRecord } from '@scorekeep/core/domain-archive';
import { type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { aRow } from '@scorekeep/core/testing-core';
import { ArchiverStage, type Run } from './archiver-stage.fixture';

jest.setTimeout(300_000);

/** A signal that a process sends itself at its n-th request of a step, before it is sent or after it was answered. */
interface Strike {
  readonly point: 'rows' | 'object' | 'manifest' | 'delete';
  readonly when: 'before' | 'after';
  readonly nth: number;
  readonly signal: 'SIGKILL' | 'SIGSTOP';
}

/** Resolves when the process has said that it is struck; it stands still then. */
async function struck(child: ChildProcess | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    child?.stderr?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('struck by')) resolve();
    });
  });
}

const onMs = Date.UTC(2021, 0, 6);
const attempts = (batchId: string): WrittenAttempt[] =>
  Array.from({ length: 60 }, (_, index) => {
    const identity = { batchId, userId: `learner ${index % 9}`, courseId: 'do_1130', attemptId: `attempt-${index}` };
    return { ...aRow(), ...identity, updatedOnMs: onMs + index, writeTimeUs: BigInt(onMs + index) * 1000n };
  });

describe('archiver, struck exactly at one of its requests', () => {
  let stage: ArchiverStage;
  let paused: ChildProcess | undefined;

  beforeAll(async () => {
    stage = await ArchiverStage.open(process.env, 'split', 's3');
  });
  afterAll(async () => {
    paused?.kill('SIGKILL');
    await stage.close();
  });

  const archiver = (
    args: readonly string[],
    strike?: Strike,
    whileRunning?: (child: ChildProcess) => void,
  ): Promise<Run> =>
    stage.run(
      args,
      {
        ARCHIVE_LEASE: '3s',
        ...(strike
          ? {
              NODE_OPTIONS: `--require=${join(__dirname, 'archiver-faults.fixture.js')}`,
              ARCHIVER_STRIKE: JSON.stringify(strike),
            }
          : {}),
      },
      whileRunning,
    );
  const recordOf = async (batchId: string): Promise<ArchivalRecord | undefined> =>
    (await new CassandraArchivalLedger(stage.session).ofBatch(batchId))[0];
  const sorted = (rows: readonly WrittenAttempt[]): WrittenAttempt[] => [...rows].sort(stage.order);

  it.each<Pick<Strike, 'point' | 'when' | 'nth'>>([
    { point: 'rows', when: 'after', nth: 2 },
    { point: 'object', when: 'before', nth: 1 },
    { point: 'manifest', when: 'before', nth: 1 },
    { point: 'manifest', when: 'after', nth: 1 },
    { point: 'delete', when: 'after', nth: 20 },
  ])('ends in SUCCESS with every row once, killed $when $point', async ({ point, when, nth }) => {
    const batchId = `${point}-${when}`;
    const rows = attempts(batchId);
    await stage.insert(rows);
    const request = ['run', '--period', 'all', '--batch', batchId, '--json'];
    const killed = await archiver(request, { point, when, nth, signal: 'SIGKILL' });
    expect(killed).toMatchObject({ code: null, stderr: expect.stringContaining('struck') as unknown });
    const union = new Map(
      [...(await stage.archived(batchId)), ...(await stage.live(batchId))].map((row) => [row.attemptId, row]),
    );
    expect(sorted([...union.values()])).toEqual(sorted(rows));

    expect(await archiver(request)).toMatchObject({ code: 0 });
    expect(await recordOf(batchId)).toMatchObject({ archival: 'SUCCESS', deletion: 'SUCCESS', rows: 60 });
    expect(sorted(await stage.archived(batchId))).toEqual(sorted(rows));
    expect(await stage.live(batchId)).toEqual([]);
  });

  it('marks nothing when it stood still for longer than its lease and somebody else finished the week', async () => {
    const batchId = 'paused';
    const rows = attempts(batchId);
    await stage.insert(rows);
    const request = ['archive', '--period', 'all', '--batch', batchId, '--json'];
    const strike: Strike = { point: 'manifest', when: 'before', nth: 1, signal: 'SIGSTOP' };
    const formerOwner = archiver(request, strike, (started) => (paused = started));
    await struck(paused);
    expect(await recordOf(batchId)).toMatchObject({ archival: 'RUNNING' });

    expect(await archiver(request)).toMatchObject({ code: 0 });
    const finished = await recordOf(batchId);
    expect(finished).toMatchObject({ archival: 'SUCCESS', rows: 60 });
    paused?.kill('SIGCONT');
    const { code, stderr } = await formerOwner;
    expect(code).toBe(1);
    expect(stderr).toMatch(/lease|published by somebody else/);
    expect(await recordOf(batchId)).toEqual(finished);
    expect(sorted(await stage.archived(batchId))).toEqual(sorted(rows));
  });
});
