import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fullTopicName, topics } from '@scorekeep/core/contract-events';
import {
  generateSampleData,
  renderSubmission,
  type SampleData,
  type SampleSubmission,
} from '@scorekeep/core/testing-core';
import { requireEqual } from './difference';
import { type DemoRecord, type DemoServers } from './demo-servers';
import { type DemoWorld } from './demo-world';
import { type ContentState, type LearnerInBatch, readState } from './learner-state';
import { runApp } from './run-app';

const MALFORMED: readonly string[] = ['no JSON at all', '{"userId":"somebody"}', '[]'];
const COMPARED_LEARNERS = 40;

/** A report as it lies on disk. */
export interface ReportFigures {
  readonly batchId: string;
  readonly file: string;
  readonly attempts: number;
  readonly questions: number;
  readonly sha256: string;
}

interface ReportSummary {
  readonly attempts: number;
  readonly questions: number;
}

/** The demo's steps. Each does what an operator would do, with the built apps, and throws when something is not as it must be. */
export class Story {
  readonly data: SampleData;

  constructor(
    private readonly world: DemoWorld,
    private readonly servers: DemoServers,
    nowMs: number,
  ) {
    const { learners, attempts } = world.options;
    this.data = generateSampleData({
      seed: 20_241,
      courses: 3,
      batches: 5,
      learners,
      attempts,
      weeks: 8,
      nowMs,
      idPrefix: 'd',
    });
  }

  async prepare(): Promise<void> {
    await this.servers.clear();
    await Promise.all([this.prepareTables(), runApp('migrator', ['topics'], this.world)]);
  }

  /** As `prepare` and `sendAnswers`, side by side. @returns the number of records sent */
  async prepareAndSend(): Promise<number> {
    await this.servers.clear();
    const [sent] = await Promise.all([this.prepareTopicsAndSend(), this.prepareTables()]);
    return sent;
  }

  /** @returns the number of records sent */
  async sendAnswers(): Promise<number> {
    await this.servers.send(fullTopicName(this.world.topicPrefix, topics.assess), recordsOf(this.data));
    return this.data.submissions.length + MALFORMED.length;
  }

  private async prepareTopicsAndSend(): Promise<number> {
    await runApp('migrator', ['topics'], this.world);
    return this.sendAnswers();
  }

  private async prepareTables(): Promise<void> {
    await runApp('migrator', ['schema', 'up'], this.world);
    await this.servers.seed(this.data);
  }

  /** @returns rows stored and records set aside */
  async ingest(): Promise<{ readonly stored: number; readonly setAside: number }> {
    await runApp('ingest', ['--until-caught-up'], this.world);
    const stored = await this.servers.rows('assessment_aggregator');
    const setAside = await this.servers.count(fullTopicName(this.world.topicPrefix, topics.assessFailed));
    requireEqual('attempts stored', new Set(this.data.submissions.map(({ attemptId }) => attemptId)).size, stored);
    requireEqual('records in the failed topic', MALFORMED.length, setAside);
    return { stored, setAside };
  }

  /** Learners whose states are compared: the one that the story follows first. */
  learners(): LearnerInBatch[] {
    const hero = this.hero();
    const others = this.data.enrolments.filter(({ userId }) => userId !== hero.userId).slice(0, COMPARED_LEARNERS - 1);
    return [hero, ...others].map(({ userId, courseId, batchId }) => ({ userId, courseId, batchId }));
  }

  /** The first attempt of a learner whose attempts all lie in weeks that are complete. */
  hero(): SampleSubmission {
    const oldest = this.data.submissions[0];
    if (!oldest) throw new Error('the data set is empty');
    const reference = oldest.recordMs + 21 * 86_400_000;
    const active = new Set(this.data.enrolments.filter((each) => each.active).map(({ userId }) => userId));
    const isOld = (userId: string): boolean =>
      this.data.submissions.every((each) => each.userId !== userId || each.recordMs < reference);
    const found = this.data.submissions.find((each) => active.has(each.userId) && isOld(each.userId));
    if (!found) throw new Error('no learner has only old attempts');
    return found;
  }

  async states(): Promise<(readonly ContentState[])[]> {
    const states: (readonly ContentState[])[] = [];
    for (const learner of this.learners()) states.push(await readState(this.world, learner));
    return states;
  }

  /** A report of every batch. @param name part of the files' names */
  async reports(name: string): Promise<ReportFigures[]> {
    return Promise.all(this.data.batches.map(({ id }) => this.report(id, name)));
  }

  async report(batchId: string, name: string): Promise<ReportFigures> {
    const file = join(this.world.folder, `${batchId}-${name}.csv`);
    const { attempts, questions } = await runApp<ReportSummary>(
      'exhaust',
      ['response', '--batch', batchId, '--out', file],
      this.world,
    );
    const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
    return { batchId, file, attempts, questions, sha256 };
  }

  /** Sends a further, worse attempt of the story's learner: all answers wrong. */
  async sendWorseAttempt(): Promise<SampleSubmission> {
    const worse = {
      ...this.hero(),
      attemptId: 'one-more-attempt',
      assessmentTsMs: Date.now() - 1_000,
      recordMs: Date.now(),
      ability: 0,
      answerSeed: 1,
    };
    const topic = fullTopicName(this.world.topicPrefix, topics.assess);
    await this.servers.send(topic, [
      { key: worse.userId, value: withoutScores(renderSubmission(worse)), timestampMs: worse.recordMs },
    ]);
    await runApp('ingest', ['--until-caught-up'], this.world);
    return worse;
  }
}

/** Every answer wrong, partly right ones too. */
function withoutScores(message: string): string {
  return message.replace(/"score":[\d.]+/g, '"score":0');
}

function* recordsOf({ submissions }: SampleData): Generator<DemoRecord> {
  for (const submission of submissions) {
    yield { key: submission.userId, value: renderSubmission(submission), timestampMs: submission.recordMs };
  }
  for (const value of MALFORMED) yield { key: null, value, timestampMs: Date.now() };
}
