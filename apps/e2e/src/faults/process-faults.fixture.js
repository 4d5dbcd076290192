/**
 * Loaded into a built app before its own code (`node --require`), by the setting PROCESS_FAULTS (JSON, see
 * `ProcessFaults` in start-faulty.ts): the process dies or stands still exactly at one of its requests to a server, lives
 * under another clock, joins its group with a shorter session, or finds its servers at other ports. It wraps the drivers'
 * public methods, so that the app itself knows of nothing.
 */
const net = require('node:net');
const { writeSync } = require('node:fs');
const { Client } = require('cassandra-driver');
const { Kafka } = require('kafkajs');

const { strike, clockAheadMs = 0, sessionTimeoutMs, ports = {} } = JSON.parse(process.env.PROCESS_FAULTS ?? '{}');

let passed = 0;

/** Strikes when this is the request that was chosen. */
function pass(point, when) {
  if (!strike || strike.point !== point || strike.when !== when) return;
  passed += 1;
  if (passed !== strike.nth) return;
  writeSync(2, `struck by ${strike.signal} ${when} ${point}\n`);
  process.kill(process.pid, strike.signal);
}

async function around(point, request) {
  if (point === undefined) return request();
  pass(point, 'before');
  const answer = await request();
  pass(point, 'after');
  return answer;
}

/** Which step of the ingest a statement is; undefined for all that does not write. */
function stepOf(cql) {
  if (/^INSERT INTO assessment_(aggregator|raw) .*\bquestion,/s.test(cql)) return 'row';
  if (/^INSERT INTO assessment_aggregator /.test(cql)) return 'totals';
  if (/^UPDATE user_activity_agg .*\battempts\b/s.test(cql)) return 'entries';
  if (/^UPDATE user_activity_agg .*\bcertificate_state\b/s.test(cql)) return 'marker';
  return undefined;
}

const { execute, batch } = Client.prototype;
Client.prototype.execute = function (cql, ...rest) {
  return around(stepOf(cql), () => execute.call(this, cql, ...rest));
};
Client.prototype.batch = function (queries, ...rest) {
  const steps = queries.map((query) => stepOf(typeof query === 'string' ? query : query.query));
  return around(steps.find((step) => step === 'entries') ?? steps.find((step) => step !== undefined), () =>
    batch.call(this, queries, ...rest),
  );
};

const { producer, consumer } = Kafka.prototype;
Kafka.prototype.producer = function (...options) {
  const made = producer.apply(this, options);
  const { send } = made;
  made.send = (request) =>
    around(request.topic.endsWith('.issue.certificate.request') ? 'certificate' : 'dead-letter', () => send(request));
  return made;
};
Kafka.prototype.consumer = function (options) {
  return consumer.call(
    this,
    sessionTimeoutMs === undefined ? options : { ...options, sessionTimeout: sessionTimeoutMs },
  );
};

if (clockAheadMs !== 0) {
  const RealDate = Date;
  const now = () => RealDate.now() + clockAheadMs;
  globalThis.Date = class Date extends RealDate {
    constructor(...parts) {
      if (parts.length === 0) super(now());
      else super(...parts);
    }
    static now() {
      return now();
    }
  };
}

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...parameters) {
  const [first] = parameters;
  const options = Array.isArray(first) ? first[0] : first;
  if (options !== null && typeof options === 'object' && options.port in ports) options.port = ports[options.port];
  else if (['number', 'string'].includes(typeof first) && first in ports) parameters[0] = ports[first];
  return connect.apply(this, parameters);
};
