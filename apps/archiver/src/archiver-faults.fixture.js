/**
 * Loaded into the built archiver before its own code (`node --require`), by the setting ARCHIVER_STRIKE (JSON, see `Strike`
 * in archiver-kill.int-spec.ts): the process dies or stands still exactly at one of its requests to a server. It wraps the
 * drivers' public methods, so that the app itself knows of nothing.
 */
const { writeSync } = require('node:fs');
const { Client } = require('cassandra-driver');
const { S3Client } = require('@aws-sdk/client-s3');

const strike = JSON.parse(process.env.ARCHIVER_STRIKE ?? '{}');
let passed = 0;

async function around(point, request) {
  if (point !== strike.point) return request();
  passed += 1;
  const isChosen = passed === strike.nth;
  if (isChosen && strike.when === 'before') hit();
  const answer = await request();
  if (isChosen && strike.when === 'after') hit();
  return answer;
}

function hit() {
  writeSync(2, `struck by ${strike.signal} ${strike.when} ${strike.point}\n`);
  process.kill(process.pid, strike.signal);
}

function stepOfStatement(cql) {
  if (/^SELECT .*\bquestion, /s.test(cql)) return 'rows';
  if (/^DELETE FROM assessment_/.test(cql)) return 'delete';
  return undefined;
}

function stepOfCommand({ constructor, input }) {
  if (!/^(PutObject|CompleteMultipartUpload)Command$/.test(constructor.name)) return undefined;
  return input.Key.endsWith('.manifest.json') ? 'manifest' : 'object';
}

const { execute } = Client.prototype;
Client.prototype.execute = function (cql, ...rest) {
  return around(stepOfStatement(cql), () => execute.call(this, cql, ...rest));
};

const { send } = S3Client.prototype;
S3Client.prototype.send = function (command, ...rest) {
  return around(stepOfCommand(command), () => send.call(this, command, ...rest));
};
