import { Setting } from '@scorekeep/platform/util-config';
import { IsInt, Max, Min } from 'class-validator';

/** How topics are created. */
export class TopicsSettings {
  @Setting('partitions of the topics that migrator creates')
  @IsInt()
  @Min(1)
  @Max(10_000)
  KAFKA_TOPIC_PARTITIONS: number = 4;
}
