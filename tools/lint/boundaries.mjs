/** Options of `@nx/enforce-module-boundaries`: the table of docs/architecture.md, "Who may import whom". */

const frameworks = ['@nestjs/*', 'nest-commander', 'fastify', 'pino', 'pino-*'];

/** Which packages each technology tag stands for. An adapter may import the ones of its own tag and no other's. */
const drivers = {
  'tech:cassandra': ['cassandra-driver'],
  'tech:kafka': ['kafkajs'],
  'tech:redis': ['ioredis', 'rate-limiter-flexible'],
  'tech:s3': ['@aws-sdk/*'],
  'tech:azure': ['@azure/*'],
  'tech:gcs': ['@google-cloud/*'],
  'tech:parquet': [],
  'tech:fs': [],
  'tech:http': [],
  'tech:zlib': [],
  'tech:zip': ['@zip.js/zip.js'],
};
const allDrivers = Object.values(drivers).flat();

const mayUse = (sourceTag, types, bannedExternalImports) => ({
  sourceTag,
  onlyDependOnLibsWithTags: types.map((type) => `type:${type}`),
  ...(bannedExternalImports ? { bannedExternalImports } : {}),
});
const scope = (name, scopes) => ({
  sourceTag: `scope:${name}`,
  onlyDependOnLibsWithTags: scopes.map((each) => `scope:${each}`),
});

/** `testing` appears where specs need it; that only specs import it is the job of `importBans`. */
const types = [
  mayUse('type:app', ['feature', 'adapter', 'contract', 'domain', 'util', 'testing'], allDrivers),
  mayUse('type:e2e', ['contract', 'domain', 'util', 'testing', 'tool']),
  mayUse('type:feature', ['domain', 'contract', 'util', 'testing'], allDrivers),
  mayUse('type:adapter', ['adapter', 'domain', 'contract', 'util', 'testing']),
  mayUse('type:contract', ['contract', 'util', 'testing'], [...allDrivers, ...frameworks]),
  mayUse(
    'type:domain',
    ['domain', 'util', 'testing'],
    [...allDrivers, ...frameworks, 'class-validator', 'class-transformer'],
  ),
  mayUse('type:util', ['util'], allDrivers),
  mayUse('type:testing', ['domain', 'contract', 'util', 'testing'], allDrivers),
];

const scopes = [
  ...['ingest', 'content-state', 'exhaust', 'archival', 'migration'].map((name) =>
    scope(name, [name, 'core', 'platform']),
  ),
  scope('core', ['core', 'platform']),
  scope('platform', ['platform']),
  scope('e2e', ['e2e', 'core', 'platform', 'tools']),
];

const technologies = Object.entries(drivers).map(([sourceTag, own]) => ({
  sourceTag,
  bannedExternalImports: allDrivers.filter((driver) => !own.includes(driver)),
}));

/** Specs of a lib use the test doubles that are made of it: a cycle of projects, never of modules, since only specs do. */
const ignoredCircularDependencies = [
  ['*', 'core-testing-core'],
  ['*', 'platform-testing-platform'],
];

export const boundaries = {
  // Tools are no libraries with aliases: they use each other's index by its path, and so do the end-to-end tests.
  // The list of all settings is made from the apps' own.
  allow: ['^(\\.\\./)+(tools/)?(stack|build|check|demo)/src$', '^(\\.\\./)+apps/[a-z-]+/src/[a-z-]+\\.settings$'],
  ignoredCircularDependencies,
  depConstraints: [...types, ...scopes, ...technologies, { sourceTag: 'type:tool', onlyDependOnLibsWithTags: ['*'] }],
};
