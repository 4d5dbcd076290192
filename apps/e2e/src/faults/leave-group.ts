import { connect } from 'node:net';
import { Kafka, logLevel } from 'kafkajs';
import { type DemoWorld } from '../../../../tools/demo/src';

const LEAVE_GROUP = 13;

/**
 * Tells the brokers that every member of the ingest's group is gone, as the end of their sessions would: a test that
 * killed them need not wait for that. A member that is alive finds itself left out and joins again.
 */
export async function leaveGroup({ environment, topicPrefix }: DemoWorld): Promise<void> {
  const broker = environment['KAFKA_BROKERS'] ?? '';
  const groupId = `${topicPrefix}-ingest`;
  const admin = new Kafka({ brokers: [broker], clientId: 'e2e', logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    const { groups } = await admin.describeGroups([groupId]);
    for (const { memberId } of groups.flatMap(({ members }) => members)) await leave(broker, groupId, memberId);
  } finally {
    await admin.disconnect();
  }
}

/** kafkajs lets no member leave but itself, so the request is written here. */
async function leave(broker: string, groupId: string, memberId: string): Promise<void> {
  const [host = '', port = ''] = broker.split(':');
  const request = Buffer.concat([int16(LEAVE_GROUP), int16(0), int32(1), text('e2e'), text(groupId), text(memberId)]);
  const socket = connect(Number(port), host);
  await new Promise<void>((done, failed) => {
    socket.once('error', failed);
    socket.once('close', () => failed(new Error('the broker closed the connection')));
    socket.once('data', () => done());
    socket.write(Buffer.concat([int32(request.length), request]));
  });
  socket.removeAllListeners('close').destroy();
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([int16(bytes.length), bytes]);
}
