import fc from 'fast-check';
import { validateSync } from 'class-validator';
import { AssessMessage, RecomputeMessage } from './assess-event.message';
import { messageGate } from './message-gate';
import { messageInstance } from './message-instance';

const text = fc.oneof(
  fc.string({ maxLength: 5 }),
  fc.string({ unit: 'binary', maxLength: 5 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '\u3000',
    '7',
    '0',
    '0.5',
    '1e3',
    '1e999',
    '-1',
    ' 1',
    'x'.repeat(256),
    'x'.repeat(257),
  ),
  fc.constantFrom('\u{1F600}'.repeat(256), '\u{1F600}'.repeat(257), '\ud800'),
);
const number = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(0, 0.5, 1, -1, 8.64e15, 8.64e15 + 2, -8.64e15, 1e300, Infinity, NaN),
);
const scalar = fc.oneof(text, number, fc.boolean(), fc.constant(null));
const junk = fc.oneof(
  { weight: 3, arbitrary: scalar },
  fc.constantFrom({}, [], [null], [[]], [{}], { length: 1 }, { id: 'q' }, { item: {} }, [{ ets: 1 }]),
  fc.jsonValue({ maxDepth: 3 }),
);

const answer = fc.record({
  ets: fc.integer(),
  edata: fc.record({
    item: fc.record({ id: fc.string({ minLength: 1 }), maxscore: fc.double({ noNaN: true, noDefaultInfinity: true }) }),
    score: fc.double({ noNaN: true, noDefaultInfinity: true }),
  }),
});
const id = fc.string({ minLength: 1, maxLength: 20 });
const message = fc.record({
  ...{ assessmentTs: fc.oneof(fc.integer({ min: 1 }), fc.constantFrom('1568891729576', '1.5E12')) },
  ...{ userId: id, courseId: id, batchId: id, contentId: id, attemptId: id },
  events: fc.array(answer, { maxLength: 3 }),
});

/** What may be changed: each a way to a field, `*` for a position in the list. */
const places = [
  ...['assessmentTs', 'userId', 'courseId', 'batchId', 'contentId', 'attemptId', 'events', 'events.0', 'events.1'],
  ...['ets', 'edata', 'edata.item', 'edata.item.id', 'edata.item.maxscore', 'edata.score'].map(
    (way) => `events.0.${way}`,
  ),
];
const change = fc.record({ place: fc.constantFrom(...places), value: fc.option(junk, { nil: undefined }) });

/** Sets a field, or removes it where the value is undefined; a way that does not exist changes nothing. */
function changed(value: object, { place, value: replacement }: { place: string; value: unknown }): object {
  const copy = structuredClone(value);
  const steps = place.split('.');
  const last = steps.pop() ?? '';
  let at: unknown = copy;
  for (const step of steps) at = isContainer(at) ? at[step] : undefined;
  if (!isContainer(at)) return copy;
  if (replacement === undefined && !Array.isArray(at)) delete at[last];
  else at[last] = replacement;
  return copy;
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

const mutated = fc
  .tuple(message, fc.array(change, { maxLength: 3 }))
  .map(([valid, changes]) => changes.reduce(changed, valid));

describe.each([
  { type: AssessMessage, name: 'attempts' },
  { type: RecomputeMessage, name: 'requests to recompute' },
])('the gate of $name', ({ type }) => {
  const gate = messageGate<object>(type);

  it('agrees with the decorators, whatever is changed in a message', () => {
    let accepted = 0;
    fc.assert(
      fc.property(mutated, (value) => {
        const problems = validateSync(messageInstance<object>(type, value), { forbidUnknownValues: true });
        const reason = gate(value);
        expect({ isAccepted: reason === undefined, value }).toEqual({ isAccepted: problems.length === 0, value });
        if (reason === undefined) accepted += 1;
        else expect(reason).toMatch(/^(events|assessmentTs|(user|course|batch|content|attempt)Id)[.0-9a-zA-Z]* must /);
      }),
      { numRuns: 3_000 },
    );
    expect(accepted).toBeGreaterThan(300);
  });
});
