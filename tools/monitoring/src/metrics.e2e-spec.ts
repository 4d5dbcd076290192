import { setTimeout as delay } from 'node:timers/promises';
import { resolve } from 'node:path';
import { DemoServers, type DemoWorld, demoWorld, startService, Story, twoFreePorts } from '../../demo/src';
import { stackSettings } from '../../stack/src';
import { type Exposed, parseExposition } from './exposition';
import { expressionsOf, readAlerts, readDashboards } from './monitoring-files';
import { metricsOf } from './promql';

const root = resolve(__dirname, '../../..');

/** What Prometheus adds to every sample, and what comes from elsewhere: Prometheus itself, kube-state-metrics. */
const addedLabels = ['instance', 'job'];
const foreign = /^(up|kube_\w+)$/;

/** What makes a service of apps that have commands too. */
const SERVE: Readonly<Record<string, readonly string[]>> = { archiver: ['serve'], exhaust: ['serve'] };

/** Starts a service in the world, and asks for its metrics until `isDone` has seen what it waits for. */
async function metricsOfService(
  app: string,
  world: DemoWorld,
  provoke: (url: string) => Promise<void>,
  isDone: (exposed: Exposed) => boolean,
): Promise<Exposed> {
  const url = `http://127.0.0.1:${world.environment['HTTP_PORT']}`;
  const isUp = () =>
    fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  const service = await startService(app, world, isUp, SERVE[app]);
  try {
    await provoke(url);
    for (;;) {
      const exposed = parseExposition(await (await fetch(`${url}/metrics`)).text());
      if (isDone(exposed)) return exposed;
      await delay(200);
    }
  } finally {
    await service.stop();
  }
}

const withSettings = (world: DemoWorld, own: Readonly<Record<string, string>>): DemoWorld => ({
  ...world,
  environment: { ...world.environment, ...own },
});

/** Asks for a report of a batch, reads it to its end, and calls once without saying who calls. */
async function askForReport(url: string, { data }: Story): Promise<void> {
  const [batch] = data.batches;
  if (batch === undefined) throw new Error('there is no batch');
  const tag = `${batch.course.id}_${batch.id}`;
  const headers = {
    'content-type': 'application/json',
    'x-authenticated-userid': 'official',
    'x-channel-id': 'channel',
  };
  const request = { tag, dataset: 'response-exhaust', datasetConfig: { batchId: batch.id }, output_format: 'csv' };
  const submit = `${url}/dataset/v1/request/submit`;
  await fetch(submit, { method: 'POST' });
  const submitted = await fetch(submit, { method: 'POST', headers, body: JSON.stringify({ request }) });
  let { result } = (await submitted.json()) as { result: { requestId: string; status: string } };
  const read = `${url}/dataset/v1/request/read/${tag}?requestId=${result.requestId}`;
  while (result.status !== 'SUCCESS') {
    await delay(200);
    ({ result } = (await (await fetch(read, { headers })).json()) as { result: typeof result });
    if (result.status === 'FAILED') throw new Error(`the report of ${tag} failed`);
  }
}

describe('each metric that a panel or an alert names is one that the app exposes, with those labels:', () => {
  let world: DemoWorld;
  let servers: DemoServers;
  const exposedBy = new Map<string, Exposed>();

  beforeAll(async () => {
    const options = { layout: 'unified', learners: 10, attempts: 50, name: 'e2e_monitoring' } as const;
    const created = demoWorld(options, stackSettings(), await twoFreePorts());
    world = { ...created, environment: { ...created.environment, AUTH_MODE: 'header' } };
    servers = new DemoServers(world);
    const story = new Story(world, servers, Date.now());
    await story.prepareAndSend();
    exposedBy.set(
      'ingest',
      await metricsOfService(
        'ingest',
        world,
        async () => undefined,
        (exposed) => exposed.get('ingest_lag_records')?.has('partition') === true && exposed.has('ingest_events_total'),
      ),
    );
    exposedBy.set(
      'content-state-api',
      await metricsOfService(
        'content-state-api',
        world,
        async (url) => void (await fetch(`${url}/v1/content/state/read`, { method: 'POST' })),
        (exposed) => exposed.get('http_requests_refused_total')?.has('reason') === true,
      ),
    );
    const scheduled = withSettings(world, { ARCHIVE_SCHEDULE: '*/2 * * * * *' });
    exposedBy.set(
      'archiver',
      await metricsOfService(
        'archiver',
        scheduled,
        async () => undefined,
        (exposed) => exposed.has('archival_weeks') && exposed.has('archival_rows_total'),
      ),
    );
    const reporting = withSettings(world, { EXHAUST_PREFIX: `${world.storagePrefix}/reports` });
    exposedBy.set(
      'exhaust',
      await metricsOfService(
        'exhaust',
        reporting,
        (url) => askForReport(url, story),
        (exposed) => exposed.has('exhaust_run_seconds_bucket') && exposed.has('exhaust_links_total'),
      ),
    );
  });
  afterAll(() => servers.clear());

  const apps = [...new Set([...readAlerts(root).keys(), ...readDashboards(root).keys()])];
  const uses = apps.flatMap((app) =>
    expressionsOf(root, app).flatMap(({ place, expr }) =>
      metricsOf(expr)
        .filter(({ metric }) => !foreign.test(metric))
        .map((use) => ({ app, place, ...use })),
    ),
  );

  it.each(uses)('$app, $place: $metric $labels', ({ app, metric, labels }) => {
    const exposed = exposedBy.get(app)?.get(metric);
    expect(exposed).toBeDefined();
    expect(labels.filter((label) => !addedLabels.includes(label) && exposed?.has(label) !== true)).toEqual([]);
  });
});
