import { aStoredContent, InMemoryLearnerEnrolments } from '@scorekeep/core/testing-core';
import { RecordLastRead } from './record-last-read.use-case';

const learner = { userId: 'me', courseId: 'c', batchId: 'b' };

it('when another instance records meanwhile, the content accessed last stays', async () => {
  const enrolments = new InMemoryLearnerEnrolments();
  enrolments.enrol(learner);
  const record = enrolments.recordLastRead.bind(enrolments);
  let accessMs = 3;
  enrolments.recordLastRead = async (who, lastRead, found) => {
    if (accessMs <= 6) await record(who, { contentId: 'other', status: 2, accessMs: accessMs++ }, found);
    return record(who, lastRead, found);
  };
  const recording = new RecordLastRead(enrolments);
  await recording.execute(learner, [aStoredContent({ contentId: 'mine', status: 1, lastAccessMs: 5 })]);
  expect(await enrolments.find(learner)).toEqual({ contentId: 'other', status: 2, accessMs: 6 });
});

it('gives up, to be asked again, when others never stop recording', async () => {
  const enrolments = new InMemoryLearnerEnrolments();
  enrolments.enrol(learner);
  enrolments.recordLastRead = async () => 'conflict';
  const contents = [aStoredContent({ lastAccessMs: 5 })];
  await expect(new RecordLastRead(enrolments).execute(learner, contents)).rejects.toMatchObject({
    code: 'CONTENT_STATE.CONTENDED',
  });
});
