import 'reflect-metadata';
import { runCli } from '@scorekeep/platform/util-cli';
import { ingestCommands } from './ingest-commands';
import { startIngest } from './start-ingest';

void runCli({
  name: 'ingest',
  description: 'Assess events from Kafka to attempts, scores and certificate requests',
  services: [{ description: 'reads assess events until it is told to stop', start: startIngest }],
  moreCommands: () => ingestCommands,
});
