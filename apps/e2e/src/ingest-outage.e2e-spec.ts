import { fullTopicName, topics } from '@scorekeep/core/contract-events';
import { renderSubmission, type SampleSubmission } from '@scorekeep/core/testing-core';
import { TcpProxy } from '@scorekeep/platform/testing-platform';
import { type DemoRecord, DemoServers, type DemoWorld, demoWorld, Story, twoFreePorts } from '../../../tools/demo/src';
import { stackSettings } from '../../../tools/stack/src';
import { eventually } from './eventually';
import { leaveGroup } from './faults/leave-group';
import { type FaultyApp, startFaulty } from './faults/start-faulty';
import { GroupProgress } from './group-progress';
import { expectTables } from './stored-tables';

/** Redis first: what it says of courses is remembered for a while. */
const SERVERS = ['redis', 'cassandra', 'kafka'] as const;
type ServerName = (typeof SERVERS)[number];

/** What the ingest says when it tries in vain for the n-th time. */
const TRIES_IN_VAIN: Readonly<Record<ServerName, RegExp>> = {
  cassandra: /the partition waits to handle records again/g,
  redis: /the partition waits to handle records again/g,
  kafka: /consumer stopped, starts again/g,
};

const recordOf = (submission: SampleSubmission): DemoRecord => ({
  key: submission.userId,
  value: renderSubmission(submission),
  timestampMs: submission.recordMs,
});

describe('the ingest while a server is away', () => {
  let world: DemoWorld;
  let servers: DemoServers;
  let story: Story;
  let progress: GroupProgress;
  let proxies: Record<ServerName, TcpProxy>;
  let app: FaultyApp;

  beforeAll(async () => {
    const options = { layout: 'unified', learners: 40, attempts: 300, name: 'e2e_outage' } as const;
    world = demoWorld(options, stackSettings(), await twoFreePorts());
    servers = new DemoServers(world);
    story = new Story(world, servers, Date.now());
    await story.prepare();
    progress = await new GroupProgress(world).open();
    const { CASSANDRA_CONTACT_POINTS = '', REDIS_URL = '', KAFKA_BROKERS = '' } = world.environment;
    const addresses = { cassandra: CASSANDRA_CONTACT_POINTS, redis: new URL(REDIS_URL).host, kafka: KAFKA_BROKERS };
    proxies = {
      cassandra: await TcpProxy.reserve(addresses.cassandra),
      redis: await TcpProxy.reserve(addresses.redis),
      kafka: await TcpProxy.reserve(addresses.kafka),
    };
    await Promise.all(Object.values(proxies).map((proxy) => proxy.open()));
    const ports = Object.fromEntries(
      SERVERS.map((name) => [portOf(addresses[name]), Number(portOf(proxies[name].address))]),
    );
    app = startFaulty('ingest', [], world, { ports });
  });
  afterAll(async () => {
    app.child.kill('SIGKILL');
    await app.ended;
    await leaveGroup(world);
    await Promise.all(Object.values(proxies).map((proxy) => proxy.close()));
    await progress.close();
    await servers.clear();
  });

  const portOf = (address: string): string => address.split(':').at(-1) ?? '';
  const send = async (from: number, to: number): Promise<void> =>
    servers.send(fullTopicName(world.topicPrefix, topics.assess), story.data.submissions.slice(from, to).map(recordOf));
  const readiness = async (): Promise<{ status: string; checks: Record<string, string> }> => {
    const response = await fetch(`http://127.0.0.1:${world.environment['HTTP_PORT']}/health/ready`);
    const report = (await response.json()) as { status: string; checks: Record<string, string> };
    expect(response.status).toBe(report.status === 'ready' ? 200 : 503);
    return report;
  };

  const neverAnswered = (): false => false;

  it('says so, waits, sets nothing aside, and goes on by itself when it is back', async () => {
    const { submissions } = story.data;
    await eventually(() => readiness().then(({ status }) => status === 'ready', neverAnswered), app.said);
    for (const [index, name] of SERVERS.entries()) {
      const [from, to] = [index * 100, index === SERVERS.length - 1 ? submissions.length : index * 100 + 100];
      const triesBefore = app.said().match(TRIES_IN_VAIN[name])?.length ?? 0;
      await proxies[name].close();
      await send(from, to);
      await eventually(() => (app.said().match(TRIES_IN_VAIN[name])?.length ?? 0) >= triesBefore + 3, app.said);
      expect(await readiness()).toMatchObject({ status: 'down', checks: { [name]: 'down' } });
      expect(await progress.committed()).toBeLessThan(await progress.sent());
      await proxies[name].open();
      await progress.untilCaughtUp(app.said);
      await eventually(async () => (await readiness()).status === 'ready', app.said);
    }
    expect(await servers.count(fullTopicName(world.topicPrefix, topics.assessFailed))).toBe(0);
    expect(app.child.exitCode).toBeNull();
    await expectTables(world, submissions);
  });
});
