import fc from 'fast-check';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { AssessMessage, RecomputeMessage } from './assess-event.message';
import { parseAssessRecord } from './assess-event.parser';

const element = { ets: 1_568_891_735_461, edata: { item: { id: 'q1', maxscore: 1 }, score: 0.33 } };
const valid = {
  assessmentTs: 1_568_891_729_576,
  userId: 'user',
  courseId: 'course',
  batchId: 'batch',
  contentId: 'content',
  attemptId: 'attempt',
  events: [element],
};
const parse = (value: unknown) => parseAssessRecord(new TextEncoder().encode(JSON.stringify(value)));
const without = (field: keyof typeof valid): object => ({ ...valid, [field]: undefined });
const withElement = (change: object): object => ({ ...valid, events: [element, { ...element, ...change }] });

describe('parseAssessRecord', () => {
  it('takes an attempt', () => {
    expect(parse(valid)).toMatchObject({ kind: 'attempt', message: { attemptId: 'attempt' } });
  });

  it.each([
    { name: 'unknown fields', value: { ...valid, surprise: [1] } },
    { name: 'digits in a string as time', value: { ...valid, assessmentTs: '1568891729576' } },
    { name: 'a negative, fractional score', value: withElement({ edata: { ...element.edata, score: -0.5 } }) },
    { name: 'missing title, params, resvalues', value: valid },
    {
      name: 'null title, params, resvalues',
      value: withElement({
        edata: { item: { id: 'q', maxscore: 1, title: null, params: null }, score: 1, resvalues: null },
      }),
    },
    { name: 'an id of 256 characters', value: { ...valid, userId: '\u{1F600}'.repeat(256) } },
    { name: 'a path separator and a control character in an id', value: { ...valid, attemptId: '../\u0000/x' } },
  ])('takes $name', ({ value }) => {
    expect(parse(value).kind).toBe('attempt');
  });

  it.each([undefined, null, []])(
    'takes an event with events = %p, content and attempt left out, as a wish to recompute',
    (events) => {
      const { contentId: _content, attemptId: _attempt, ...rest } = valid;
      expect(parse({ ...rest, events }).kind).toBe('recompute');
    },
  );

  it.each([
    { name: 'no user', value: without('userId'), reason: /userId/ },
    { name: 'no course', value: without('courseId'), reason: /courseId/ },
    { name: 'no batch', value: without('batchId'), reason: /batchId/ },
    { name: 'no content', value: without('contentId'), reason: /contentId/ },
    { name: 'no attempt', value: without('attemptId'), reason: /attemptId/ },
    { name: 'a blank id', value: { ...valid, userId: ' \t' }, reason: /userId/ },
    { name: 'an id of 257 characters', value: { ...valid, batchId: 'x'.repeat(257) }, reason: /batchId/ },
    { name: 'an id that is no text', value: { ...valid, courseId: 7 }, reason: /courseId/ },
    { name: 'no time', value: without('assessmentTs'), reason: /assessmentTs/ },
    { name: 'a time that is no number', value: { ...valid, assessmentTs: 'soon' }, reason: /assessmentTs/ },
    { name: 'time 0', value: { ...valid, assessmentTs: 0 }, reason: /assessmentTs/ },
    { name: 'time "0"', value: { ...valid, assessmentTs: '0' }, reason: /assessmentTs/ },
    { name: 'events that are no list', value: { ...valid, events: {} }, reason: /events/ },
    { name: 'too many events', value: { ...valid, events: Array(2001).fill(element) }, reason: /events/ },
    { name: 'an event that is null', value: { ...valid, events: [null] }, reason: /events/ },
    { name: 'an event without ets', value: withElement({ ets: undefined }), reason: /events\.1\.ets/ },
    { name: 'an event without item', value: withElement({ edata: { score: 1 } }), reason: /events\.1\.edata\.item/ },
    {
      name: 'an event without item.id',
      value: withElement({ edata: { item: { maxscore: 1 }, score: 1 } }),
      reason: /events\.1\.edata\.item\.id/,
    },
    {
      name: 'an event without score',
      value: withElement({ edata: { item: { id: 'q', maxscore: 1 } } }),
      reason: /events\.1\.edata\.score/,
    },
    {
      name: 'a maxscore that is text',
      value: withElement({ edata: { item: { id: 'q', maxscore: '1' }, score: 1 } }),
      reason: /events\.1\.edata\.item\.maxscore/,
    },
    { name: 'a recompute without user', value: { ...without('userId'), events: [] }, reason: /userId/ },
  ])('refuses $name, naming the field', ({ value, reason }) => {
    expect(parse(value)).toMatchObject({ kind: 'invalid', reason: expect.stringMatching(reason) as string });
  });

  it.each([
    ['no value', null, 'no value'],
    ['an empty value', '', 'not JSON'],
    ['broken JSON', '{"userId":', 'not JSON'],
    ['bytes that are no UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 'not JSON'],
    ['a list', '[]', 'not a JSON object'],
    ['null', 'null', 'not a JSON object'],
  ])('refuses %s', (_, value, reason) => {
    const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
    expect(parseAssessRecord(bytes)).toEqual({ kind: 'invalid', reason, original: undefined });
  });

  it('refuses numbers beyond a double', () => {
    const text = JSON.stringify(valid).replace('0.33', '1e999');
    expect(parseAssessRecord(new TextEncoder().encode(text))).toMatchObject({ kind: 'invalid' });
  });

  it('never says more of a message than its fields', () => {
    const parsed = parse({ ...valid, userId: 'secret answer '.repeat(40) });
    expect(parsed.kind === 'invalid' && parsed.reason).not.toContain('secret');
  });

  it('agrees with the decorators, whatever is changed in a message', () => {
    const junk = fc.oneof(
      fc.constant(null),
      fc.constant(''),
      fc.constant(' '),
      fc.integer(),
      fc.double(),
      fc.boolean(),
      fc.constant({}),
      fc.constant([]),
      fc.string({ maxLength: 300 }),
      fc.constant([null]),
      fc.constant([element]),
    );
    const path = fc.constantFrom(
      'assessmentTs',
      'userId',
      'contentId',
      'events',
      'events.0',
      'events.0.ets',
      'events.0.edata',
      'events.0.edata.item',
      'events.0.edata.item.id',
      'events.0.edata.score',
    );
    fc.assert(
      fc.property(path, junk, (where, value) => {
        const message = structuredClone(valid) as Record<string, unknown>;
        const steps = where.split('.');
        const last = steps.pop() ?? '';
        const parent = steps.reduce<Record<string, unknown>>(
          (at, step) => at[step] as Record<string, unknown>,
          message,
        );
        parent[last] = value;
        const text = JSON.parse(JSON.stringify(message)) as Record<string, unknown>;
        const { events } = text;
        const isRecompute = events === null || (Array.isArray(events) && events.length === 0);
        const decorated = plainToInstance<object, unknown>(isRecompute ? RecomputeMessage : AssessMessage, text);
        expect(parse(text).kind === 'invalid').toBe(validateSync(decorated, { forbidUnknownValues: true }).length > 0);
      }),
      { numRuns: 500 },
    );
  });
});
