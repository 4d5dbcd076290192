import { failureReasons, reasonKind } from './failure-reason';

describe('reasonKind', () => {
  it.each<readonly [string, string]>([
    [
      'events.17.edata.item.id must not be empty; userId must be 1 to 256 characters and not blank',
      'events[].edata.item.id',
    ],
    ['userId must be 1 to 256 characters and not blank', 'userId'],
    ['events must contain no more than 2000 elements', 'events'],
    ['larger than 1048576 bytes', 'too large'],
    ['failed: CASSANDRA.INVALID_QUERY', 'failed: CASSANDRA.INVALID_QUERY'],
    ['', 'other'],
    ['what another job has written must be kept apart', 'other'],
    ...Object.values(failureReasons).map((reason) => [reason, reason] as const),
  ])('of %j is %j', (reason, kind) => {
    expect(reasonKind(reason)).toBe(kind);
  });
});
