import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { buildableApps } from '../../build/src';
import { type Manifest, readManifests, readYaml, workloadsOf } from './manifests';

const root = resolve(__dirname, '../../..');
const base = join(root, 'deploy/kubernetes/base');
const component = join(root, 'deploy/kubernetes/components/archiver-service');
const manifests = [...readManifests(base), ...readManifests(component)];
const workloads = workloadsOf(manifests);
const apps = buildableApps(root);
const ports: Readonly<Record<string, number>> = {
  ingest: 3001,
  'content-state-api': 3002,
  exhaust: 3003,
  archiver: 3004,
};

const settings = new Set(
  [...readFileSync(join(root, '.env.example'), 'utf8').matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name),
);
/** Of the image, not of the app. */
const ofTheImage = new Set(['HEALTH_PORT']);
const unknownSettings = (names: readonly string[]) =>
  names.filter((name) => !settings.has(name) && !ofTheImage.has(name));

const ofKind = (kind: string): Manifest[] => manifests.filter((manifest) => manifest.kind === kind);

describe('deploy/kubernetes', () => {
  it('lists every file, and deploys every app', () => {
    const { resources } = readYaml<{ resources: string[] }>(join(base, 'kustomization.yaml'));
    expect([...resources].sort()).toEqual(
      readdirSync(base)
        .filter((file) => file !== 'kustomization.yaml')
        .sort(),
    );
    const images = workloads.flatMap(({ pod }) => pod.containers.map(({ image }) => image));
    expect([...new Set(images)].sort()).toEqual(apps.map((app) => `scorekeep/${app}`));
  });

  it.each(workloads)('$kind $name: no root, nothing writable but /tmp, limits, time to drain', ({ pod }) => {
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(30);
    expect(pod.containers).toHaveLength(1);
    pod.containers.forEach((container) => {
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      expect(container.resources).toEqual({
        requests: { cpu: expect.any(String) as string, memory: expect.any(String) as string },
        limits: { memory: expect.any(String) as string },
      });
      expect(container.volumeMounts.map(({ mountPath }) => mountPath)).toContain('/tmp');
      expect(container.volumeMounts.map(({ name }) => name).sort()).toEqual(pod.volumes.map(({ name }) => name).sort());
    });
  });

  it.each(workloads)('$kind $name: takes settings that there are, and secrets that are documented', ({ pod }) => {
    const readme = readFileSync(join(root, 'deploy/README.md'), 'utf8');
    const maps = ofKind('ConfigMap').map(({ metadata }) => metadata.name);
    const container = pod.containers[0];
    expect(unknownSettings((container?.env ?? []).map(({ name }) => name))).toEqual([]);
    const secrets = [
      ...(container?.envFrom ?? []).map(({ secretRef }) => secretRef?.name),
      ...pod.volumes.map(({ secret }) => secret?.secretName),
    ].filter((name) => name !== undefined);
    secrets.forEach((name) => expect(readme).toContain(`\`${name}\``));
    expect(maps).toEqual(
      expect.arrayContaining((container?.envFrom ?? []).flatMap(({ configMapRef }) => configMapRef?.name ?? [])),
    );
  });

  it('keeps no secret among the settings', () => {
    const names = ofKind('ConfigMap').flatMap(({ data }) => Object.keys(data ?? {}));
    expect(unknownSettings(names)).toEqual([]);
    expect(names.filter((name) => /PASSWORD|SECRET|ACCESS_KEY|CONNECTION_STRING/.test(name))).toEqual([]);
  });

  const deployments = workloads.filter(({ kind }) => kind === 'Deployment');
  const named = (kind: string, name: string) => ofKind(kind).find(({ metadata }) => metadata.name === name)?.spec;

  it.each(deployments)('$name: a port, and probes on it', ({ name, pod: { containers } }) => {
    const live = { httpGet: { path: '/health/live', port: 'http' } };
    expect(containers).toMatchObject([
      {
        ports: [{ name: 'http', containerPort: ports[name] }],
        livenessProbe: live,
        startupProbe: live,
        readinessProbe: { httpGet: { path: '/health/ready', port: 'http' } },
      },
    ]);
  });

  it.each(deployments)('$name: a service and a disruption budget that find its pods', ({ name }) => {
    const labels = { 'app.kubernetes.io/name': name };
    expect(named('Deployment', name)?.template?.metadata.labels).toEqual(labels);
    expect(named('Service', name)?.selector).toEqual(labels);
    expect(named('PodDisruptionBudget', name)?.selector?.matchLabels).toEqual(labels);
  });

  it('has a component that puts the service of the archiver in the place of its CronJob', () => {
    const { kind, resources, patches } = readYaml<{ kind: string; resources: string[]; patches: { patch: string }[] }>(
      join(component, 'kustomization.yaml'),
    );
    expect({ kind, resources }).toEqual({ kind: 'Component', resources: ['archiver.yaml'] });
    expect(patches.map(({ patch }) => parse(patch) as object)).toEqual([
      { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'archiver' }, $patch: 'delete' },
    ]);
    expect(ofKind('CronJob').map(({ metadata }) => metadata.name)).toEqual(['archiver']);
    expect(named('Deployment', 'archiver')?.template?.spec.containers[0]?.args).toEqual(['serve']);
  });

  it('has an example that names each image once', () => {
    const overlay = readYaml<{ images: { name: string }[]; resources: string[] }>(
      join(root, 'deploy/kubernetes/overlays/example/kustomization.yaml'),
    );
    expect(overlay.images.map(({ name }) => name).sort()).toEqual(apps.map((app) => `scorekeep/${app}`));
    expect(overlay.resources).toEqual(['../../base']);
  });
});

interface ComposeService {
  readonly image: string;
  readonly build?: { readonly dockerfile: string; readonly args: Readonly<Record<string, string>> };
  readonly environment?: Readonly<Record<string, string>>;
  readonly read_only?: boolean;
  readonly depends_on?: Readonly<Record<string, object>>;
  readonly volumes?: readonly string[];
}

describe('compose.yaml', () => {
  const compose = readYaml<{ services: Record<string, ComposeService>; volumes: object }>(join(root, 'compose.yaml'));
  const services = Object.entries(compose.services).map(([name, service]) => ({ name, ...service }));
  const ours = services.filter(({ build }) => build !== undefined);

  it('runs every app, and servers of stated versions', () => {
    expect([...new Set(ours.map(({ build }) => build?.args['APP']))].sort()).toEqual(apps);
    services.filter(({ build }) => build === undefined).forEach(({ image }) => expect(image).toMatch(/:[\w.-]*\d/));
  });

  it.each(ours)('$name: settings that there are, a read-only root, services that there are', (service) => {
    expect(existsSync(join(root, service.build?.dockerfile ?? ''))).toBe(true);
    expect(service.read_only).toBe(true);
    expect(unknownSettings(Object.keys(service.environment ?? {}))).toEqual([]);
    expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(Object.keys(service.depends_on ?? {})));
    expect(service.build?.args['HEALTH_PORT']).toBe(ports[service.name]?.toString());
  });

  it('declares its volumes', () => {
    const named = services.flatMap(({ volumes }) => volumes ?? []).map((volume) => volume.split(':')[0]);
    expect(Object.keys(compose.volumes).sort()).toEqual([...named].sort());
  });
});
