import { Setting } from '@scorekeep/platform/util-config';
import { IsIn } from 'class-validator';
import { type StorageLayout } from '@scorekeep/core/domain-scoring';

/** Which tables hold answers. */
export class LayoutSettings {
  @Setting('unified: answers are in assessment_aggregator; split: in assessment_raw')
  @IsIn(['unified', 'split'])
  STORAGE_LAYOUT: StorageLayout = 'unified';
}
