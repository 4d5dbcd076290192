import { Injectable } from '@nestjs/common';
import { ContentTitles, type CourseBatch, CourseBatches, type ReportNames } from '@scorekeep/core/domain-exhaust';

/** Names for the rows of one report, asked for once per course. */
export interface NamesOfReport {
  of(batch: CourseBatch): Promise<ReportNames>;
}

/** What batches, collections and contents are called in reports; unknown names are empty. */
@Injectable()
export class ReportNaming {
  constructor(
    private readonly batches: CourseBatches,
    private readonly contents: ContentTitles,
  ) {}

  /** Names read anew, for one report: a batch has few courses, so they are kept until it is done. */
  forReport(): NamesOfReport {
    const known = new Map<string, Promise<ReportNames>>();
    return {
      of: (batch) => {
        const names = known.get(batch.courseId) ?? this.read(batch);
        known.set(batch.courseId, names);
        return names;
      },
    };
  }

  private async read(batch: CourseBatch): Promise<ReportNames> {
    const { collectionName, titles } = await this.contents.titlesOf(batch.courseId);
    const batchName = await this.batches.nameOf(batch);
    return { collectionName: collectionName ?? '', batchName: batchName ?? '', titles };
  }
}
