import { type ArchivalTask, archivalTaskMessage, parseArchivalTask } from './archival-task.message';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const plan: ArchivalTask = { kind: 'plan', taskId: 't', plannedOnMs: 1_700_000_000_000 };
const week: ArchivalTask = {
  ...{ kind: 'week', taskId: 't/b', plannedOnMs: 5, archive: true },
  ...{ batchId: 'b', collectionId: 'ಕ', isoYear: 2021, isoWeek: 5 },
};

describe('archival tasks', () => {
  it.each([plan, week, { ...week, archive: false }])('are read back as they were written: %j', (task) => {
    expect(parseArchivalTask(bytes(archivalTaskMessage(task)))).toEqual(task);
  });

  it.each([
    ['nothing', null],
    ['no JSON', bytes('{')],
    ['a list', bytes('[]')],
    ['another kind', bytes(JSON.stringify({ ...plan, kind: 'forget' }))],
    ['a time that is none', bytes(JSON.stringify({ ...plan, plannedOnMs: '5' }))],
    ['no id', bytes(JSON.stringify({ ...plan, taskId: undefined }))],
    ['a week without its number', bytes(JSON.stringify({ ...week, isoWeek: 1.5 }))],
    ['a week without a batch', bytes(JSON.stringify({ ...week, batchId: null }))],
    ['a week without a choice', bytes(JSON.stringify({ ...week, archive: 'yes' }))],
  ])('are not %s', (_, value) => {
    expect(parseArchivalTask(value)).toBeUndefined();
  });
});
