import { type SampleQuestion } from './course.generator';
import { Random } from './random';
import { type SampleSubmission } from './sample-data.generator';

const SECOND_MS = 1_000;
/** Share of the attempts in which a learner goes back to a question and answers it once more. */
const GOES_BACK = 0.1;

/** The record's value: a batch assess event as JSON, of the shape and size that a mobile player sends. */
export function renderSubmission(submission: SampleSubmission): string {
  const { userId, courseId, batchId, content, attemptId, assessmentTsMs, answerSeed } = submission;
  const random = new Random(answerSeed);
  const asked = [...content.questions];
  if (random.chance(GOES_BACK)) asked.push(random.pick(content.questions));
  const etsOf = elapsing(random, assessmentTsMs);
  return JSON.stringify({
    assessmentTs: assessmentTsMs,
    batchId,
    courseId,
    userId,
    attemptId,
    contentId: content.id,
    events: asked.map((question, index) => {
      const durationSeconds = random.between(2, 60);
      return {
        eid: 'ASSESS',
        ets: etsOf(durationSeconds),
        ver: '3.1',
        mid: `ASSESS:${random.hex(32)}`,
        actor: { id: userId, type: 'User' },
        context: contextOf(submission),
        object: { id: content.id, type: 'Content', ver: '1' },
        edata: { ...answer(random, question, submission.ability), index: index + 1, duration: durationSeconds },
      };
    }),
  });
}

function elapsing(random: Random, startMs: number): (seconds: number) => number {
  let timeMs = startMs;
  return (seconds) => (timeMs += seconds * SECOND_MS + random.between(0, SECOND_MS - 1));
}

function contextOf({ courseId }: SampleSubmission): object {
  return {
    channel: '0124784842112040965',
    pdata: { id: 'prod.diksha.app', ver: '3.9.1', pid: 'sunbird.app.contentplayer' },
    env: 'contentplayer',
    rollup: { l1: courseId },
  };
}

function answer(random: Random, question: SampleQuestion, ability: number): object {
  const { id, title, options, maxScore } = question;
  const isRight = random.chance(ability);
  const chosen = isRight ? 0 : random.between(1, options.length - 1);
  return {
    item: {
      id,
      maxscore: maxScore,
      type: 'mcq',
      exlength: 0,
      params: [
        ...options.map((text, index) => ({ [index + 1]: JSON.stringify({ text }) })),
        { answer: '{"correct":["1"]}' },
      ],
      title,
      desc: '',
    },
    pass: isRight ? 'Yes' : 'No',
    score: isRight ? maxScore : partOf(random, maxScore),
    resvalues: [{ [chosen + 1]: JSON.stringify({ text: options[chosen] }) }],
  };
}

/** Some wrong answers are worth a third of the points. */
function partOf(random: Random, maxScore: number): number {
  return random.chance(0.1) ? Math.round((maxScore / 3) * 100) / 100 : 0;
}
