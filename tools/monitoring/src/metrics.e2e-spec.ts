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
  const service = await startService(app, world, isUp);
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
