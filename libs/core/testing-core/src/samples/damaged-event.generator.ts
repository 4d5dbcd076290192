import { awkwardNumbers, awkwardTexts, awkwardValues } from './awkward-values';
import { type Random } from './random';

/** The value of a record: an event that was damaged in some way, or not at all. */
export interface DamagedEvent {
  readonly key: string;
  readonly value: Uint8Array | null;
  /** What was done to it, for counts. */
  readonly damage: string;
}

export interface DamageOptions {
  /** Part of the ids of learners, courses and attempts. */
  readonly idPrefix: string;
  readonly learners: number;
  /** Share of events that are left as they are, 0 to 1. */
  readonly undamaged: number;
  /** No event is later than this, ms since epoch. */
  readonly nowMs: number;
}

type Event = Record<string, unknown>;

const COURSES = 5;
const DAY_MS = 86_400_000;
const DEEPEST = 60_000;

/** Ways to what can be replaced or left out. */
const PLACES = [
  ...['assessmentTs', 'userId', 'courseId', 'batchId', 'contentId', 'attemptId', 'events', 'metadata', 'extra'],
  ...['events.0', 'events.0.ets', 'events.0.eid', 'events.0.edata', 'events.0.edata.score', 'events.0.edata.duration'],
  ...['events.0.edata.resvalues', 'events.0.edata.resvalues.0', 'events.0.edata.item', 'events.0.edata.item.id'],
  ...['events.0.edata.item.maxscore', 'events.0.edata.item.type', 'events.0.edata.item.title'],
  ...['events.0.edata.item.desc', 'events.0.edata.item.params', 'events.0.edata.item.params.0'],
];
const IDS = ['userId', 'courseId', 'batchId', 'contentId', 'attemptId'];
const NUMBERS = ['assessmentTs', 'events.0.ets', 'events.0.edata.score', 'events.0.edata.item.maxscore'];

/** One of endlessly many, the same for the same state of `random`. @param ordinal part of the attempt's id */
export function generateDamagedEvent(random: Random, ordinal: number, options: DamageOptions): DamagedEvent {
  const event = generateEvent(random, ordinal, options);
  const key = String(event['userId']);
  if (random.chance(options.undamaged)) return { key, value: bytesOf(JSON.stringify(event)), damage: 'none' };
  const [damage, inflict] = random.pick(damages);
  return { key, value: inflict(random, event), damage };
}

function generateEvent(random: Random, ordinal: number, { idPrefix, learners, nowMs }: DamageOptions): Event {
  const course = random.between(1, COURSES);
  const assessmentTs = nowMs - random.between(1, 30 * DAY_MS);
  return {
    assessmentTs,
    userId: `${idPrefix}-learner-${random.between(1, learners)}`,
    courseId: `${idPrefix}-course-${course}`,
    batchId: `${idPrefix}-batch-${course}`,
    contentId: `${idPrefix}-content-${course}`,
    attemptId: `${idPrefix}-attempt-${ordinal}`,
    events: Array.from({ length: random.between(1, 3) }, (_, index) => generateAnswer(random, assessmentTs, index)),
  };
}

function generateAnswer(random: Random, startMs: number, index: number): Event {
  return {
    ...{ eid: 'ASSESS', ets: startMs + 1_000 * index, ver: '3.1' },
    edata: {
      item: { id: `q${index}`, maxscore: 1, type: 'mcq', title: 'a title', desc: '', params: [{ 0: { text: 'a' } }] },
      ...{ score: random.next(), duration: random.between(0, 90), resvalues: [{ 0: '{"text":"a"}' }], index },
    },
  };
}

type Damage = (random: Random, event: Event) => Uint8Array | null;

const damages: readonly (readonly [string, Damage])[] = [
  ['a field left out', (random, event) => written(without(event, random.pick(PLACES)))],
  ['a field replaced', (random, event) => written(replaced(event, random.pick(PLACES), random.pick(awkwardValues)))],
  ['several fields replaced', severalReplaced],
  ['an id replaced', (random, event) => written(replaced(event, random.pick(IDS), random.pick(awkwardTexts)))],
  ['a number replaced', numberReplaced],
  ['an answer repeated', answerRepeated],
  ['a byte changed', (random, event) => changedBytes(random, written(event))],
  ['cut off', (random, event) => cutOff(random, written(event))],
  ['a part repeated', (random, event) => partRepeated(random, written(event))],
  ['a name twice', (random, event) => nameTwice(random, event)],
  ['nested deeply', (random, event) => nestedDeeply(random, event)],
  ['noise', (random) => Uint8Array.from({ length: random.between(1, 200) }, () => random.between(0, 255))],
  ['another JSON', (random) => bytesOf(JSON.stringify(random.pick(awkwardValues)) ?? '')],
  ['no value', () => null],
];

function severalReplaced(random: Random, event: Event): Uint8Array {
  const places = Array.from({ length: random.between(2, 5) }, () => random.pick(PLACES));
  return written(places.reduce((damaged, place) => replaced(damaged, place, random.pick(awkwardValues)), event));
}

/** As text: some of the numbers are none that JSON.stringify writes. */
function numberReplaced(random: Random, event: Event): Uint8Array {
  const marked = replaced(event, random.pick(NUMBERS), 'NUMBER');
  return bytesOf(JSON.stringify(marked).replace('"NUMBER"', random.pick(awkwardNumbers)));
}

function answerRepeated(random: Random, event: Event): Uint8Array {
  const [answer] = event['events'] as Event[];
  const times = random.chance(0.005) ? random.between(1_990, 2_010) : random.between(2, 20);
  return written({ ...event, events: Array(times).fill(answer) });
}

function changedBytes(random: Random, value: Uint8Array): Uint8Array {
  for (let changes = random.between(1, 3); changes > 0; changes -= 1) {
    value[random.between(0, value.length - 1)] = random.between(0, 255);
  }
  return value;
}

function cutOff(random: Random, value: Uint8Array): Uint8Array {
  return value.slice(0, random.between(0, value.length - 1));
}

function partRepeated(random: Random, value: Uint8Array): Uint8Array {
  const [start, end] = [random.between(0, value.length - 1), random.between(0, value.length)];
  const part = value.slice(Math.min(start, end), Math.max(start, end));
  return Uint8Array.from([...value.slice(0, end), ...part, ...value.slice(end)]);
}

function nameTwice(random: Random, event: Event): Uint8Array {
  const name = random.pick([...IDS, 'events', '__proto__']);
  const value = JSON.stringify(random.pick(awkwardValues)) ?? 'null';
  return bytesOf(JSON.stringify(event).replace('{', `{"${name}":${value},`).replace(/\}$/, `,"${name}":${value}}`));
}

function nestedDeeply(random: Random, event: Event): Uint8Array {
  const depth = random.chance(0.02) ? DEEPEST : random.between(10, 500);
  const [open, close] = random.pick([
    ['[', ']'],
    ['{"a":', '}'],
  ] as const);
  const nested = open.repeat(depth) + (open === '[' ? '' : '1') + close.repeat(depth);
  return bytesOf(JSON.stringify(replaced(event, random.pick(PLACES), 'NESTED')).replace('"NESTED"', nested));
}

function without(event: Event, place: string): Event {
  return changed(event, place, (parent, name) => delete parent[name]);
}

function replaced(event: Event, place: string, value: unknown): Event {
  return changed(event, place, (parent, name) => (parent[name] = value));
}

/** A copy in which one thing is changed; a way that leads nowhere, since it was damaged before, changes nothing. */
function changed(event: Event, place: string, change: (parent: Event, name: string) => unknown): Event {
  const copy = structuredClone(event);
  const steps = place.split('.');
  const name = steps.pop() ?? '';
  let parent: unknown = copy;
  for (const step of steps) parent = isObject(parent) ? parent[step] : undefined;
  if (isObject(parent)) change(parent, name);
  return copy;
}

function isObject(value: unknown): value is Event {
  return typeof value === 'object' && value !== null;
}

function written(event: Event): Uint8Array {
  return bytesOf(JSON.stringify(event));
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
