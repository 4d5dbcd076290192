import { type StackSettings } from '../../stack/src';
import { type DemoOptions } from './demo-options';
import { DemoServers } from './demo-servers';
import { type DemoWorld, demoWorld } from './demo-world';
import { requireEqual } from './difference';
import { twoFreePorts } from './free-ports';
import { type ContentState, isReady } from './learner-state';
import { runApp, startService } from './run-app';
import { type ReportFigures, Story } from './story';

/** Prints one line of the story. */
export type Say = (line: string) => void;

interface ArchiveSummary {
  readonly weeks: readonly {
    readonly rows: number;
    readonly bytes: number;
    readonly archival: string;
    readonly deletion: string;
  }[];
}

interface Before {
  readonly states: readonly (readonly ContentState[])[];
  readonly reports: readonly ReportFigures[];
}

/** Runs the whole story. @throws Difference, or whatever a step failed with */
export async function tellStory(
  options: DemoOptions,
  stack: StackSettings,
  say: Say,
): Promise<{ readonly report: string }> {
  const world = demoWorld(options, stack, await twoFreePorts());
  const servers = new DemoServers(world);
  const story = new Story(world, servers, Date.now());
  await collectAnswers(story, options, say);
  const api = await startService('content-state-api', world, () => isReady(world));
  try {
    const before = await lookBefore(story, say);
    await archiveAll(world, story, servers, say);
    await lookAgain(story, before, say);
    return { report: await oneMoreAttempt(story, before, say) };
  } finally {
    await api.stop();
  }
}

async function collectAnswers(story: Story, options: DemoOptions, say: Say): Promise<void> {
  say(
    `1. Schema and topics, ${options.layout} layout; courses, batches and enrolments of ${options.learners} learners.`,
  );
  const sent = await story.prepareAndSend();
  say(
    `2. ${sent} events went to Kafka: ${options.attempts} attempts over eight weeks, with duplicates, late and malformed ones.`,
  );
  const startMs = performance.now();
  const { stored, setAside } = await story.ingest();
  const seconds = (performance.now() - startMs) / 1000;
  say(
    `3. Ingested in ${seconds.toFixed(0)} s: ${stored} attempts stored once each, ${setAside} malformed events in the failed topic.`,
  );
}

async function lookBefore(story: Story, say: Say): Promise<Before> {
  const [states, reports] = await Promise.all([story.states(), story.reports('before')]);
  say(`4. A learner's state over HTTP: ${describe(states[0])}`);
  say(
    `5. Reports of ${reports.length} batches: ${sum(reports, 'attempts')} attempts, ${sum(reports, 'questions')} answers.`,
  );
  return { states, reports };
}

async function archiveAll(world: DemoWorld, story: Story, servers: DemoServers, say: Say): Promise<void> {
  const table = world.options.layout === 'unified' ? 'assessment_aggregator' : 'assessment_raw';
  const rowsBefore = await servers.rows(table);
  await runApp('archiver', ['archive', '--period', 'all'], world);
  await runApp('archiver', ['verify'], world);
  await runApp('archiver', ['delete'], world);
  const { weeks } = await runApp<ArchiveSummary>('archiver', ['status'], world);
  const archived = weeks.reduce((rows, week) => rows + week.rows, 0);
  const megabytes = weeks.reduce((bytes, week) => bytes + week.bytes, 0) / 1e6;
  requireEqual(
    'states of the archived weeks',
    ['SUCCESS SUCCESS'],
    [...new Set(weeks.map((week) => `${week.archival} ${week.deletion}`))],
  );
  requireEqual('rows left in the table', rowsBefore - archived, await servers.rows(table));
  say(
    `6. Archived, verified and deleted ${weeks.length} batch-weeks: ${archived} rows are now ${megabytes.toFixed(1)} MB in object storage, ${rowsBefore - archived} of the running week stay in ${table}.`,
  );
}

async function lookAgain(story: Story, before: Before, say: Say): Promise<void> {
  const [states, reports] = await Promise.all([story.states(), story.reports('after')]);
  requireEqual('learners’ states after archival', before.states, states);
  say(`7. The same learner, and ${before.states.length - 1} others: not one score changed.`);
  const hashes = (list: readonly ReportFigures[]): string[] => list.map(({ sha256 }) => sha256);
  requireEqual('reports after archival (SHA-256)', hashes(before.reports), hashes(reports));
  say('8. The same reports, from archive and table together: equal to the byte.');
}

async function oneMoreAttempt(story: Story, before: Before, say: Say): Promise<string> {
  const worse = await story.sendWorseAttempt();
  const [state] = await story.states();
  const was = stateOf(before.states[0], worse.content.id);
  const is = stateOf(state, worse.content.id);
  requireEqual('best score after a worse attempt', was.bestScore, is.bestScore);
  requireEqual('attempts after one more', was.attemptsCount + 1, is.attemptsCount);
  say(
    `9. One more, worse attempt of the archived learner: the best score stays ${is.bestScore.totalScore}, attempts go from ${was.attemptsCount} to ${is.attemptsCount}.`,
  );
  const attemptsBefore = before.reports.find(({ batchId }) => batchId === worse.batchId)?.attempts ?? 0;
  const report = await story.report(worse.batchId, 'final');
  requireEqual('attempts in the report', attemptsBefore + 1, report.attempts);
  say(`10. The report of batch ${worse.batchId} has both: ${report.attempts} attempts, ${report.questions} answers.`);
  return report.file;
}

function stateOf(contents: readonly ContentState[] | undefined, wanted: string): ContentState {
  const state = contents?.find(({ contentId }) => contentId === wanted);
  if (!state) throw new Error(`the learner has no state of ${wanted}`);
  return state;
}

function describe(state: readonly ContentState[] = []): string {
  return state
    .map(
      ({ contentId, bestScore, attemptsCount }) =>
        `${contentId} best ${bestScore.totalScore} of ${bestScore.totalMaxScore} in ${attemptsCount} attempt(s)`,
    )
    .join('; ');
}

function sum(reports: readonly ReportFigures[], figure: 'attempts' | 'questions'): number {
  return reports.reduce((total, report) => total + report[figure], 0);
}
