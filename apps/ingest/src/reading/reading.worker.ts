import 'reflect-metadata';
import { workerData } from 'node:worker_threads';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { packQuestions } from '@scorekeep/core/adapter-cassandra';
import { type Answer } from '@scorekeep/core/domain-scoring';
import { readRecord } from '@scorekeep/ingest/feature-attempts';
import { joined } from './joined';
import { type ReadingResult, type ReadingSettings, type ReadingTask } from './reading-task';

/** What a thread is given to do: reads the records of one micro-batch. @returns a `ReadingResult`, moved */
export default function readRecords(task: ReadingTask): unknown {
  const result = resultOf(task);
  return move({ [valueSymbol]: result, [transferableSymbol]: [result.answers.buffer] });
}

function resultOf({ values, records, nowMs }: ReadingTask): ReadingResult {
  const { limits, layout, fields } = workerData as ReadingSettings;
  const options = { limits, layout, nowMs, pack: (answers: readonly Answer[]) => packQuestions(answers, fields) };
  const packed: Uint8Array[] = [];
  let start = 0;
  const readings = records.map(({ length, timestampMs }): ReadingResult['readings'][number] => {
    const value = length === undefined ? null : values.subarray(start, start + length);
    start += length ?? 0;
    const reading = readRecord({ value, timestampMs }, options);
    if (reading.kind !== 'attempt') return reading;
    const { answers, ...event } = reading.event;
    packed.push(answers.bytes);
    return { kind: 'attempt', event, answers: { count: answers.count, length: answers.bytes.length } };
  });
  return { answers: joined(packed), readings };
}
