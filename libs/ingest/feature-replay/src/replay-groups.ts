import { randomUUID } from 'node:crypto';
import { reasonKind } from '@scorekeep/core/contract-events';
import { type OffsetsByPartition } from '@scorekeep/platform/domain-messaging';

/** What all groups of an ingest's replays begin with. @param groupId of the ingest */
export function replayGroupPrefix(groupId: string): string {
  return `${groupId}-replay`;
}

/** The group that remembers what was sent with a filter; without one, what was sent in all. */
export function replayGroup(groupId: string, reason: string | undefined): string {
  const prefix = replayGroupPrefix(groupId);
  return reason === undefined ? prefix : `${prefix}.${Buffer.from(reason).toString('base64url')}`;
}

/** A group for one dry run. It commits nothing, so that it begins at the beginning and leaves nothing behind. */
export function dryRunGroup(groupId: string): string {
  return `${replayGroupPrefix(groupId)}-dry-run-${randomUUID()}`;
}

/** Whether a filter takes an event: its reason contains the text, or is of the kind that the text names. */
export function takesReason(filter: string | undefined, reason: string): boolean {
  return filter === undefined || reason.includes(filter) || reasonKind(reason) === filter;
}

interface SentRange {
  readonly filter: string | undefined;
  readonly offsets: OffsetsByPartition;
}

/** Which events of the failed topic earlier runs have sent. */
export class SentEvents {
  private readonly ranges: readonly SentRange[];

  /**
   * @param committed what the groups that begin with `replayGroupPrefix` have committed
   * @param ends of the topic; what lies beyond was committed of another topic that had its name, and does not count
   */
  constructor(groupId: string, committed: ReadonlyMap<string, OffsetsByPartition>, ends: OffsetsByPartition) {
    this.ranges = [...committed].flatMap(([group, offsets]) => {
      const range = { filter: filterOf(groupId, group), offsets: withinEnds(offsets, ends) };
      return group === replayGroup(groupId, range.filter) ? [range] : [];
    });
  }

  has(event: { readonly partition: number; readonly offset: string; readonly reason: string }): boolean {
    const offset = BigInt(event.offset);
    return this.ranges.some(
      ({ filter, offsets }) => offset < (offsets.get(event.partition) ?? 0n) && takesReason(filter, event.reason),
    );
  }

  /** How many events runs with this filter have looked at, sent or not; those that retention has removed not counted. */
  seenBy(filter: string | undefined, starts: OffsetsByPartition): number {
    const range = this.ranges.find((each) => each.filter === filter);
    return range ? offsetsFrom(starts, range.offsets) : 0;
  }
}

/** Offsets between the start of the topic and where a group is. */
function offsetsFrom(starts: OffsetsByPartition, offsets: OffsetsByPartition): number {
  return [...offsets].reduce((sum, [partition, offset]) => {
    const seen = Number(offset - (starts.get(partition) ?? 0n));
    return sum + Math.max(0, seen);
  }, 0);
}

function filterOf(groupId: string, group: string): string | undefined {
  const prefix = `${replayGroupPrefix(groupId)}.`;
  return group.startsWith(prefix) ? Buffer.from(group.slice(prefix.length), 'base64url').toString() : undefined;
}

function withinEnds(offsets: OffsetsByPartition, ends: OffsetsByPartition): OffsetsByPartition {
  return new Map([...offsets].filter(([partition, offset]) => offset <= (ends.get(partition) ?? 0n)));
}
