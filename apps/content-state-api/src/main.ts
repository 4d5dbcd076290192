import 'reflect-metadata';
import { runCli } from '@scorekeep/platform/util-cli';
import { startContentStateApi } from './start-content-state-api';

void runCli({
  name: 'content-state-api',
  description: 'Learners’ state in their courses, over HTTP',
  services: [{ description: 'serves HTTP until it is told to stop', start: startContentStateApi }],
});
