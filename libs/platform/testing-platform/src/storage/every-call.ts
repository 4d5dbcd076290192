import { type ArchiveStorage } from '@scorekeep/platform/domain-storage';
import { bodyOf, collect } from './test-bytes';

/** Every kind of request to a store, `remove` and `check` last, for faults that all of them must tell alike. */
export function everyCall(store: ArchiveStorage): (() => Promise<unknown>)[] {
  return [
    () => store.put('a', bodyOf('some')),
    () => store.open('a'),
    () => store.stat('a'),
    () => collect(store.list('')),
    () => store.remove('a'),
    () => store.check(),
  ];
}
