const secretFields = [
  'password',
  'passphrase',
  'secret',
  'clientSecret',
  'secretAccessKey',
  'accessKeyId',
  'privateKey',
  'apiKey',
  'token',
  'accessToken',
  'refreshToken',
  'authorization',
  'cookie',
  'connectionString',
  'CASSANDRA_PASSWORD',
  'KAFKA_SASL_PASSWORD',
  'REDIS_URL',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
  'AZURE_STORAGE_CONNECTION_STRING',
  'EXHAUST_KEY_SECRET',
  '["x-authenticated-user-token"]',
  '["x-authenticated-for"]',
];

const parents = ['', '*', '*.*', '*.*.*'];

/** Where a secret could sit in a line: under its usual names, up to three levels deep. */
export const redactedPaths: readonly string[] = parents.flatMap((parent) =>
  secretFields.map((field) => (parent === '' || field.startsWith('[') ? parent + field : `${parent}.${field}`)),
);
