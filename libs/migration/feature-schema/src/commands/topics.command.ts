import { Output } from '@scorekeep/platform/util-cli';
import { Command, CommandRunner, Option } from 'nest-commander';
import { CreateTopics } from '../create-topics.use-case';

interface TopicsOptions {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `migrator topics` */
@Command({ name: 'topics', description: 'creates the topics that are missing' })
export class TopicsCommand extends CommandRunner {
  constructor(
    private readonly createTopics: CreateTopics,
    private readonly output: Output,
  ) {
    super();
  }

  override async run(_words: string[], { dryRun = false, json = false }: TopicsOptions): Promise<void> {
    const report = await this.createTopics.execute({ dryRun });
    if (json) return this.output.json({ dryRun, ...report });
    const { created, existing, partitions } = report;
    this.output.table([
      ...created.map((topic) => ({ topic, state: dryRun ? 'missing' : `created, ${partitions} partitions` })),
      ...existing.map((topic) => ({ topic, state: 'exists' })),
    ]);
  }

  @Option({ flags: '--dry-run', description: 'only print which topics are missing' })
  parseDryRun(): boolean {
    return true;
  }

  @Option({ flags: '--json', description: 'the result as JSON' })
  parseJson(): boolean {
    return true;
  }
}
