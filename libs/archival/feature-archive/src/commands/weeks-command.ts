import { UsageError } from '@scorekeep/platform/util-cli';
import { CommandRunner, Option } from 'nest-commander';
import { requirePeriod } from './week-options';

/** The options by which all commands choose weeks and batches. */
export abstract class WeeksCommand extends CommandRunner {
  @Option({
    flags: '--period <period>',
    description: 'of the complete weeks: last-week, last-weeks=N or all',
  })
  parsePeriod(value: string): string {
    return requirePeriod({ period: value }, value);
  }

  @Option({ flags: '--date <day>', description: 'the week of that day, like 2021-11-01' })
  parseDate(value: string): string {
    return requirePeriod({ date: value }, value);
  }

  @Option({ flags: '--before <day>', description: 'every complete week before that day, like 2021-11-01' })
  parseBefore(value: string): string {
    return requirePeriod({ before: value }, value);
  }

  @Option({ flags: '--older-than <age>', description: 'every week that ended at least so long ago, like 8w or 60d' })
  parseOlderThan(value: string): string {
    return requirePeriod({ olderThan: value }, value);
  }

  @Option({ flags: '--batch <batch>', description: 'only this batch' })
  parseBatch(value: string): string {
    return notEmpty(value);
  }

  @Option({ flags: '--collection <collection>', description: 'with --batch: only this collection of it' })
  parseCollection(value: string): string {
    return notEmpty(value);
  }

  @Option({
    flags: '--batch-file <file>',
    description: 'only the batches in the file: an id a line, optionally ",<collection>"; # begins a comment',
  })
  parseBatchFile(value: string): string {
    return notEmpty(value);
  }

  @Option({ flags: '--json', description: 'the result as JSON, on one line' })
  parseJson(): boolean {
    return true;
  }
}

function notEmpty(value: string): string {
  if (value === '') throw new UsageError('It must not be empty.');
  return value;
}
