import { type KafkaTopics, type PartitionOffsets } from '../client/kafka-topics';

/**
 * Whether the group, all its instances together, has committed everything before the given offsets. A partition is also
 * caught up when retention has removed what was missing. Offsets count, not records: gaps at the end do no harm.
 */
export async function isCaughtUp(
  topics: KafkaTopics,
  groupId: string,
  topic: string,
  target: PartitionOffsets,
): Promise<boolean> {
  const committed = await topics.committed(groupId, topic);
  const behind = [...target].filter(([partition, offset]) => (committed.get(partition) ?? 0n) < offset);
  if (behind.length === 0) return true;
  const oldest = await topics.lowWatermarks(topic);
  return behind.every(([partition, offset]) => (oldest.get(partition) ?? 0n) >= offset);
}
