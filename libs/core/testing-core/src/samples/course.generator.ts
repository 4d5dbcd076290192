import { type Random } from './random';

/** A question as a player shows it. */
export interface SampleQuestion {
  readonly id: string;
  readonly title: string;
  /** Option texts; the first is the right one. */
  readonly options: readonly [string, ...string[]];
  readonly maxScore: number;
}

/** An assessment. */
export interface SampleContent {
  readonly id: string;
  readonly title: string;
  readonly questions: readonly SampleQuestion[];
}

/** A course, whose leaf nodes are all assessments. */
export interface SampleCourse {
  readonly id: string;
  readonly name: string;
  readonly contents: readonly SampleContent[];
}

const CONTENTS_PER_COURSE = 3;
const QUESTIONS = { least: 10, most: 20 };

const SUBJECTS = [
  'Public health',
  'Reading in early grades',
  'Fractions',
  'Soil and water',
  'Safe online',
  'Our solar system',
];
const PHRASES = [
  'hand washing',
  'a number below one',
  'the upper layer',
  'a long password',
  'the planet Mercury',
  'a "no", politely',
];

/** @param ordinal counted from 1: part of the id and of the name */
export function generateCourse(random: Random, idPrefix: string, ordinal: number): SampleCourse {
  const subject = SUBJECTS[(ordinal - 1) % SUBJECTS.length] ?? '';
  return {
    id: `do_${idPrefix}_course_${ordinal}`,
    name: `${subject}, part ${ordinal}`,
    contents: Array.from({ length: CONTENTS_PER_COURSE }, (_, index) => ({
      id: `do_${idPrefix}_quiz_${ordinal}_${index + 1}`,
      title: `${subject}: quiz ${index + 1}`,
      questions: Array.from({ length: random.between(QUESTIONS.least, QUESTIONS.most) }, () =>
        // the last quiz of each course is in Hindi
        generateQuestion(random, index === CONTENTS_PER_COURSE - 1),
      ),
    })),
  };
}

function generateQuestion(random: Random, isHindi: boolean): SampleQuestion {
  return {
    id: random.uuid(),
    title: isHindi ? 'इनमें से सही उत्तर कौन सा है?' : `Which of these is ${random.pick(PHRASES)}?\n`,
    options: [random.pick(PHRASES), random.pick(PHRASES), random.pick(PHRASES), 'None of the above'],
    maxScore: random.chance(0.8) ? 1 : 2,
  };
}

/** A course as the JSON tree in `content_hierarchy`: one unit that holds all contents. */
export function hierarchyOf({ id, name, contents }: SampleCourse): string {
  return JSON.stringify({
    identifier: id,
    name,
    contentType: 'Course',
    primaryCategory: 'Course',
    leafNodesCount: contents.length,
    children: [
      {
        identifier: `${id}_unit_1`,
        name: `${name}, unit 1`,
        contentType: 'CourseUnit',
        primaryCategory: 'Course Unit',
        children: contents.map((content) => ({
          identifier: content.id,
          name: content.title,
          contentType: 'SelfAssess',
          objectType: 'Content',
          primaryCategory: 'Course Assessment',
        })),
      },
    ],
  });
}
