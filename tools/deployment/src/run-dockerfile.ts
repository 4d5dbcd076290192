import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Instruction, parseDockerfile, type Stage } from './dockerfile';

/** What an image would be started with, and where its root is here. */
export interface BuiltImage {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly user: string | undefined;
  readonly entrypoint: readonly string[];
  readonly healthCheck: readonly string[];
}

export interface DockerfileRun {
  readonly dockerfile: string;
  /** The repository: what COPY takes its files from. */
  readonly context: string;
  /** An empty folder: each stage's root will be a folder in it. */
  readonly folder: string;
  readonly buildArguments: Readonly<Record<string, string>>;
}

/** What a stage has come to. */
interface State {
  readonly root: string;
  readonly workdir: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string>>;
  readonly last: Readonly<Record<string, string>>;
}

/**
 * Does what `docker build` would do with this Dockerfile, without a container: every stage has a folder for its root, RUN runs
 * in it on this machine. So base images, users and paths outside of WORKDIR are not tried.
 * @throws Error when a step fails, or the Dockerfile says something that this does not know
 */
export function runDockerfile(run: DockerfileRun): BuiltImage {
  const roots = new Map<string, string>();
  const states = parseDockerfile(run.dockerfile).map((stage, index) => {
    const root = join(run.folder, stage.name ?? `stage-${index}`);
    mkdirSync(root);
    roots.set(stage.name ?? String(index), root);
    return runStage(stage, root, run, roots);
  });
  const final = states.at(-1);
  if (final === undefined) throw new Error('a Dockerfile without FROM');
  return {
    folder: join(final.root, final.workdir),
    environment: final.environment,
    user: final.last['USER'],
    entrypoint: execForm(final.last['ENTRYPOINT']),
    healthCheck: execForm(/CMD (.*)$/.exec(final.last['HEALTHCHECK'] ?? '')?.[1]),
  };
}

function runStage(stage: Stage, root: string, run: DockerfileRun, roots: ReadonlyMap<string, string>): State {
  let state: State = { root, workdir: '/', variables: {}, environment: {}, last: {} };
  for (const instruction of stage.instructions) {
    state = step(state, { ...instruction, text: substitute(instruction, state.variables) }, { run, roots });
  }
  return state;
}

/** RUN's variables are the shell's to put in. */
function substitute({ keyword, text }: Instruction, variables: Readonly<Record<string, string>>): string {
  return keyword === 'RUN' ? text : text.replace(/\$\{(\w+)\}/g, (_, name: string) => variables[name] ?? '');
}

interface Surroundings {
  readonly run: DockerfileRun;
  readonly roots: ReadonlyMap<string, string>;
}

type Step = (state: State, text: string, surroundings: Surroundings) => State;

function step(state: State, { keyword, text }: Instruction, surroundings: Surroundings): State {
  const known = steps.get(keyword);
  if (known === undefined) throw new Error(`an instruction that is not known here: ${keyword} ${text}`);
  return known(state, text, surroundings);
}

const steps: ReadonlyMap<string, Step> = new Map<string, Step>([
  [
    'ARG',
    (state, text, { run }) => {
      const [name = '', preset = ''] = text.split('=');
      return { ...state, variables: { ...state.variables, [name]: run.buildArguments[name] ?? preset } };
    },
  ],
  [
    'ENV',
    (state, text) => {
      const [name = '', value = ''] = text.split('=');
      const added = { [name]: value };
      return { ...state, variables: { ...state.variables, ...added }, environment: { ...state.environment, ...added } };
    },
  ],
  [
    'WORKDIR',
    (state, text) => {
      mkdirSync(join(state.root, text), { recursive: true });
      return { ...state, workdir: text };
    },
  ],
  [
    'COPY',
    (state, text, surroundings) => {
      copy(state, text, surroundings);
      return state;
    },
  ],
  [
    'RUN',
    (state, text) => {
      shell(state, text);
      return state;
    },
  ],
  ...['USER', 'ENTRYPOINT', 'HEALTHCHECK', 'STOPSIGNAL'].map((keyword): [string, Step] => [
    keyword,
    (state, text) => ({ ...state, last: { ...state.last, [keyword]: text } }),
  ]),
]);

/** A folder is copied as what is in it, a file by its name, as Docker does for a target that ends with `/`. */
function copy({ root, workdir }: State, text: string, { run, roots }: Surroundings): void {
  const [, from, rest = ''] = /^(?:--from=(\S+)\s+)?(.*)$/.exec(text) ?? [];
  const source = from === undefined ? run.context : roots.get(from);
  if (source === undefined) throw new Error(`COPY from ${from}, which is no stage before`);
  const paths = rest.split(/\s+/);
  const target = join(root, workdir, paths.at(-1) ?? '');
  for (const path of paths.slice(0, -1)) {
    const origin = from === undefined ? inContext(source, path) : join(source, path);
    if (!existsSync(origin)) throw new Error(`COPY ${path}, which is not there`);
    cpSync(origin, statSync(origin).isDirectory() ? target : join(target, basename(path)), { recursive: true });
  }
}

function inContext(context: string, path: string): string {
  if (/(^|\/)(node_modules|dist|data|\.git)(\/|$)/.test(path)) {
    throw new Error(`COPY ${path}, which .dockerignore leaves out`);
  }
  return join(context, path);
}

function shell({ root, workdir, variables, environment }: State, command: string): void {
  const { PATH = '', HOME = '' } = process.env;
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-ec', command], {
    cwd: join(root, workdir),
    env: { PATH, HOME, npm_config_prefer_offline: 'true', ...variables, ...environment },
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`RUN ${command} ended with ${status}:\n${stdout}${stderr}`);
}

function execForm(text: string | undefined): string[] {
  if (text === undefined) return [];
  return JSON.parse(text) as string[];
}
