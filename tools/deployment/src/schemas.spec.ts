import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { validate } from 'dockerfile-utils';
import * as apps from 'kubernetes-models/apps/v1';
import * as batch from 'kubernetes-models/batch/v1';
import * as policy from 'kubernetes-models/policy/v1';
import * as core from 'kubernetes-models/v1';
import { type Manifest, readManifests } from './manifests';

const root = resolve(__dirname, '../../..');

type Model = new (data: never) => { validate(): void };

/** Classes made of the schemas of Kubernetes' own API, by version and kind. */
const models: Readonly<Record<string, Model>> = {
  'apps/v1 Deployment': apps.Deployment,
  'batch/v1 CronJob': batch.CronJob,
  'batch/v1 Job': batch.Job,
  'policy/v1 PodDisruptionBudget': policy.PodDisruptionBudget,
  'v1 ConfigMap': core.ConfigMap,
  'v1 Service': core.Service,
};

function check({ file: _file, ...manifest }: Manifest): void {
  const model = models[`${manifest.apiVersion} ${manifest.kind}`];
  if (model === undefined) throw new Error(`no schema of ${manifest.apiVersion} ${manifest.kind} is known here`);
  new model(manifest as never).validate();
}

describe('the schemas of Kubernetes', () => {
  const manifests = ['base', 'components/archiver-service'].flatMap((folder) =>
    readManifests(join(root, 'deploy/kubernetes', folder)),
  );

  it.each(manifests.map((manifest) => ({ name: `${manifest.kind} ${manifest.metadata.name}`, manifest })))(
    'know $name',
    ({ manifest }) => {
      expect(() => check(manifest)).not.toThrow();
    },
  );

  it('refuse what is none', () => {
    const [deployment] = manifests.filter(({ kind }) => kind === 'Deployment');
    if (deployment === undefined) throw new Error('there is no deployment');
    const wrong = { ...deployment, spec: { ...deployment.spec, replicas: 'two' } };
    expect(() => check(wrong as unknown as Manifest)).toThrow(/replicas/);
  });
});

describe('the linter of Dockerfiles', () => {
  it('finds nothing in ours, and something in a wrong one', () => {
    expect(validate(readFileSync(join(root, 'deploy/docker/Dockerfile'), 'utf8'))).toEqual([]);
    expect(validate('FROM node\nRNU true\n')).toMatchObject([{ message: expect.stringContaining('RNU') as string }]);
  });
});
