import fc from 'fast-check';
import { cursorOf, isBehind, listPageOf, newestFirst } from './list-page';

const id = 'A'.repeat(32);

it.each([
  { limit: undefined, cursor: undefined, page: { limit: 20, after: undefined } },
  { limit: '1', cursor: undefined, page: { limit: 1, after: undefined } },
  { limit: '100', cursor: `17.${id}`, page: { limit: 100, after: { submittedOnMs: 17, requestId: id } } },
])('$limit, $cursor', ({ limit, cursor, page }) => {
  expect(listPageOf(limit, cursor)).toEqual(page);
});

it.each([
  { limit: '0', cursor: undefined, words: 'limit must be' },
  { limit: '101', cursor: undefined, words: 'limit must be' },
  { limit: 'ten', cursor: undefined, words: 'limit must be' },
  { limit: '', cursor: undefined, words: 'limit must be' },
  { limit: '["1","2"]', cursor: 'x', words: /limit must be.*; cursor must be/ },
  { limit: undefined, cursor: '', words: 'cursor must be' },
  { limit: undefined, cursor: `17.${id}x`, words: 'cursor must be' },
])('refuses $limit, $cursor', ({ limit, cursor, words }) => {
  expect(() => listPageOf(limit, cursor)).toThrow(words);
});

it('pages through everything once, whatever the times', () => {
  const position = fc.record({
    submittedOnMs: fc.nat(3),
    requestId: fc.string({ unit: fc.constantFrom('A', '1', 'F'), minLength: 32, maxLength: 32 }),
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(position, { selector: (each) => each.requestId }),
      fc.integer({ min: 1, max: 4 }),
      (all, limit) => {
        const sorted = [...all].sort(newestFirst);
        const seen = [];
        let cursor: string | undefined;
        do {
          const { after } = listPageOf(String(limit), cursor);
          const rest = sorted.filter((each) => !after || isBehind(each, after));
          const page = rest.slice(0, limit);
          seen.push(...page);
          const last = page.at(-1);
          cursor = last && rest.length > limit ? cursorOf(last) : undefined;
        } while (cursor !== undefined);
        expect(seen).toEqual(sorted);
      },
    ),
  );
});
