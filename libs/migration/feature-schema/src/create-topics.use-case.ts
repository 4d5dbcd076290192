import { Injectable } from '@nestjs/common';
import { TopicAdministration } from './topic-administration.port';
import { TopicPlan } from './topic-plan';

export interface TopicsReport {
  /** Created now; in a dry run: missing. */
  readonly created: readonly string[];
  /** There already, with whatever number of partitions. */
  readonly existing: readonly string[];
  /** Of created topics. */
  readonly partitions: number;
}

/** Creates the topics that are missing. Repeating it changes nothing. */
@Injectable()
export class CreateTopics {
  constructor(
    private readonly topics: TopicAdministration,
    private readonly plan: TopicPlan,
  ) {}

  async execute({ dryRun }: { readonly dryRun: boolean }): Promise<TopicsReport> {
    const { names, partitions } = this.plan;
    const created = new Set(dryRun ? await this.missing() : await this.topics.createMissing(names, partitions));
    return { created: [...created], existing: names.filter((name) => !created.has(name)), partitions };
  }

  private async missing(): Promise<string[]> {
    const existing = await this.topics.existing();
    return this.plan.names.filter((name) => !existing.has(name));
  }
}
