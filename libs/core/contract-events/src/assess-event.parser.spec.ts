import { parseAssessRecord } from './assess-event.parser';
import { defaultAssessLimits } from './assess-limits';
import { reasonKind } from './failure-reason';

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

const awkward = JSON.parse(
  '{"__proto__":{"userId":7},"constructor":"x","prototype":1,"toString":null,"hasOwnProperty":[],"length":-1,"then":{}}',
) as object;
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

describe('parseAssessRecord', () => {
  it('takes an attempt', () => {
    expect(parse(valid)).toMatchObject({ kind: 'attempt', message: { attemptId: 'attempt' } });
  });

  it.each([
    { name: 'unknown fields', value: { ...valid, surprise: [1] } },
    { name: 'digits in a string as time', value: { ...valid, assessmentTs: '1568891729576' } },
    {
      name: 'a number in a string, as Java prints it, as time',
      value: { ...valid, assessmentTs: '1.568891729576E12' },
    },
    { name: '2,000 events', value: { ...valid, events: Array(2000).fill(element) } },
    { name: 'an id of control characters alone', value: { ...valid, attemptId: '\u0000\u0007' } },
    { name: 'fields with the names of everything that objects have', value: { ...valid, ...awkward } },
    { name: 'such fields in an answer', value: withElement({ ...awkward, edata: { ...element.edata, ...awkward } }) },
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
    { name: 'a text of no digits as time', value: { ...valid, assessmentTs: '' }, reason: /assessmentTs/ },
    { name: 'a time that is blank', value: { ...valid, assessmentTs: ' 7 ' }, reason: /assessmentTs/ },
    {
      name: 'a time that is no finite number',
      value: { ...valid, assessmentTs: '9'.repeat(400) },
      reason: /assessmentTs/,
    },
    { name: 'a list as time', value: { ...valid, assessmentTs: [1] }, reason: /assessmentTs/ },
    { name: 'a negative time', value: { ...valid, assessmentTs: -1 }, reason: /assessmentTs/ },
    { name: 'time null', value: { ...valid, assessmentTs: null }, reason: /assessmentTs/ },
    {
      name: 'an id of white space of all kinds',
      value: { ...valid, contentId: '\u00a0\u2003\u3000\n' },
      reason: /contentId/,
    },
    { name: 'time 0', value: { ...valid, assessmentTs: 0 }, reason: /assessmentTs/ },
    { name: 'time "0"', value: { ...valid, assessmentTs: '0' }, reason: /assessmentTs/ },
    { name: 'events that are no list', value: { ...valid, events: {} }, reason: /events/ },
    { name: 'too many events', value: { ...valid, events: Array(2001).fill(element) }, reason: /events/ },
    { name: 'an event that is null', value: { ...valid, events: [null] }, reason: /events/ },
    { name: 'a list among the events', value: { ...valid, events: [[element]] }, reason: /events/ },
    { name: 'an empty list among the events', value: { ...valid, events: [[]] }, reason: /events/ },
    { name: 'a time beyond all timestamps', value: withElement({ ets: 1e300 }), reason: /events\.1\.ets/ },
    { name: 'a time before all timestamps', value: withElement({ ets: -1e17 }), reason: /events\.1\.ets/ },
    { name: 'an event whose edata is a list', value: withElement({ edata: [] }), reason: /events\.1\.edata/ },
    {
      name: 'an empty item.id',
      value: withElement({ edata: { item: { id: '', maxscore: 1 }, score: 1 } }),
      reason: /events\.1\.edata\.item\.id/,
    },
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
    expect(parseAssessRecord(bytes)).toEqual({ kind: 'invalid', reason });
  });

  it.each(['score', 'item.maxscore', 'ets'])('refuses a number beyond a double as %s', (field) => {
    const marked = { ets: 7, edata: { item: { id: 'q1', maxscore: 7 }, score: 7 } };
    const name = field.split('.').at(-1) ?? '';
    const text = JSON.stringify({ ...valid, events: [marked] }).replace(`"${name}":7`, `"${name}":1e999`);
    const parsed = parseAssessRecord(new TextEncoder().encode(text));
    expect(parsed).toMatchObject({ kind: 'invalid', reason: expect.stringContaining(name) as string });
  });

  it('takes as many bytes and answers as the limits say, and no more', () => {
    const bytes = new TextEncoder().encode(JSON.stringify({ ...valid, events: [element, element] }));
    const limits = { maxBytes: bytes.length, maxAnswers: 2 };
    expect(parseAssessRecord(bytes, limits).kind).toBe('attempt');
    expect(parseAssessRecord(bytes, { ...limits, maxBytes: bytes.length - 1 })).toEqual({
      kind: 'invalid',
      reason: `larger than ${bytes.length - 1} bytes`,
    });
    expect(parseAssessRecord(bytes, { ...limits, maxAnswers: 1 })).toEqual({
      kind: 'invalid',
      reason: 'events must contain no more than 1 elements',
    });
    expect(defaultAssessLimits.maxAnswers).toBe(2000);
  });

  it.each([
    ['events', (deep: string) => `{"events":${deep}}`],
    ['events', (deep: string) => JSON.stringify({ ...valid, events: [{ ets: 1, edata: 'X' }] }).replace('"X"', deep)],
    ['userId', (deep: string) => JSON.stringify({ ...valid, userId: 'X' }).replace('"X"', deep)],
  ])('refuses lists in lists without end in %s', (field, textWith) => {
    for (const depth of [10, 3_000, 100_000]) {
      const parsed = parseAssessRecord(new TextEncoder().encode(textWith(nested(depth))));
      expect(parsed).toMatchObject({ kind: 'invalid', reason: expect.stringContaining(field) as string });
    }
  });

  it('never says more of a message than its fields', () => {
    const parsed = parse({ ...valid, userId: 'secret answer '.repeat(40) });
    expect(parsed.kind === 'invalid' && parsed.reason).not.toContain('secret');
  });

  it('says of every refusal which field is at fault, in one of few ways', () => {
    expect(parse(withElement({ edata: { item: { id: 'q' }, score: 'x' } }))).toEqual({
      kind: 'invalid',
      reason: 'events.1.edata.item.maxscore must be a finite number; events.1.edata.score must be a finite number',
    });
    const { reason } = parse(withElement({ ets: null })) as { reason: string };
    expect(reasonKind(reason)).toBe('events[].ets');
  });
});
