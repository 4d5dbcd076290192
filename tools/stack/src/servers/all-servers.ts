import { AppError } from '@scorekeep/platform/util-errors';
import { cassandraServer } from './cassandra.server';
import { kafkaServer } from './kafka.server';
import { redisServer } from './redis.server';
import { s3Server } from './s3.server';
import { type StackServer } from './stack-server';

export const ALL_SERVERS: readonly StackServer[] = [cassandraServer, kafkaServer, redisServer, s3Server];

/** All servers, or only those that SCOREKEEP_STACK_SERVERS names, comma-separated. */
export function serversFromEnvironment(): readonly StackServer[] {
  const wanted = process.env['SCOREKEEP_STACK_SERVERS'];
  return wanted ? serversNamed(wanted) : ALL_SERVERS;
}

/** @throws AppError STACK.UNKNOWN_SERVER */
export function serversNamed(names: string): readonly StackServer[] {
  return names.split(',').map((name) => {
    const server = ALL_SERVERS.find((each) => each.name === name.trim());
    if (server) return server;
    const known = ALL_SERVERS.map((each) => each.name).join(', ');
    throw new AppError('STACK.UNKNOWN_SERVER', `SCOREKEEP_STACK_SERVERS: "${name}" is none of ${known}.`);
  });
}
