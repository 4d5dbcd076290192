import { resolve } from 'node:path';
import { lintFixture, type Violations } from './lint-fixture';

const use = (alias: string) => `import { placeholder } from '${alias}';\n\nexport const used = placeholder;\n`;

const sources: Readonly<Record<string, string>> = {
  'apps/ingest/src/allowed.ts': use('@scorekeep/ingest/feature-attempts'),
  'apps/ingest/src/adapter.ts': use('@scorekeep/core/adapter-cassandra'),
  'apps/ingest/src/other-feature.ts': use('@scorekeep/archival/feature-archive'),
  'libs/core/domain-scoring/src/allowed.ts': use('@scorekeep/platform/util-errors'),
  'libs/core/domain-scoring/src/double.spec.ts': use('@scorekeep/core/testing-core'),
  'libs/core/domain-scoring/src/double.ts': use('@scorekeep/core/testing-core'),
  'libs/core/domain-scoring/src/driver.ts': `import { Client } from 'cassandra-driver';\n\nexport const used = Client;\n`,
  'libs/core/domain-scoring/src/files.ts': `import { existsSync } from 'node:fs';\n\nexport const used = existsSync('/');\n`,
  'libs/core/domain-scoring/src/framework.ts': `import { Injectable } from '@nestjs/common';\n\nexport const used = Injectable;\n`,
  'libs/core/domain-scoring/src/clock.ts': `export const used = Date.now();\n`,
  'libs/ingest/feature-attempts/src/adapter.ts': use('@scorekeep/platform/adapter-cassandra'),
  'libs/ingest/feature-attempts/src/environment.ts': `export const used = process.env['HOME'];\n`,
  'libs/ingest/feature-attempts/src/sdk.ts': `import { S3Client } from '@aws-sdk/client-s3';\n\nexport const used = S3Client;\n`,
  'libs/platform/adapter-kafka/src/other-driver.ts': `import { Client } from 'cassandra-driver';\n\nexport const used = Client;\n`,
  'libs/platform/util-config/src/environment.ts': `export const used = process.env['HOME'];\n`,
};

const boundary = (message: string) => `@nx/enforce-module-boundaries: A project tagged with ${message}`;
const onlySpecs =
  "no-restricted-imports: '@scorekeep/core/testing-core' import is restricted from being used by a pattern. " +
  'Test doubles are imported from specs only.';

/** The files that are not named here must pass. */
const expected: Violations = {
  'apps/ingest/src/other-feature.ts': [
    boundary('"scope:ingest" can only depend on libs tagged with "scope:ingest", "scope:core", "scope:platform"'),
  ],
  'libs/core/domain-scoring/src/double.ts': [onlySpecs],
  'libs/core/domain-scoring/src/driver.ts': [boundary('"type:domain" is not allowed to import "cassandra-driver"')],
  'libs/core/domain-scoring/src/files.ts': [
    "no-restricted-imports: 'node:fs' import is restricted from being used by a pattern. " +
      'Domain libraries are pure: no node built-ins.',
  ],
  'libs/core/domain-scoring/src/framework.ts': [boundary('"type:domain" is not allowed to import "@nestjs/common"')],
  'libs/core/domain-scoring/src/clock.ts': [
    "no-restricted-properties: 'Date.now' is restricted from being used. Time comes in as a parameter.",
  ],
  'libs/ingest/feature-attempts/src/adapter.ts': [
    boundary(
      '"type:feature" can only depend on libs tagged with "type:domain", "type:contract", "type:util", "type:testing"',
    ),
  ],
  'libs/ingest/feature-attempts/src/environment.ts': [
    'no-restricted-syntax: Settings are read by platform/util-config only.',
  ],
  'libs/ingest/feature-attempts/src/sdk.ts': [boundary('"type:feature" is not allowed to import "@aws-sdk/client-s3"')],
  'libs/platform/adapter-kafka/src/other-driver.ts': [
    boundary('"tech:kafka" is not allowed to import "cassandra-driver"'),
  ],
};

describe('the lint', () => {
  it('finds every import and reading that the layers forbid, and nothing else', () => {
    expect(lintFixture(resolve(__dirname, '../../..'), sources)).toEqual(expected);
  });
});
