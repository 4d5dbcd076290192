import { InMemoryContentNames, InMemoryCourseBatches, InMemoryCourseHierarchies } from '@scorekeep/core/testing-core';
import { ReportNaming } from './report-naming';

const batch = { courseId: 'course', batchId: 'b1' };

function setUp() {
  const ports = {
    hierarchies: new InMemoryCourseHierarchies(),
    batches: new InMemoryCourseBatches(),
    names: new InMemoryContentNames(),
  };
  return { ...ports, naming: new ReportNaming(ports.hierarchies, ports.batches, ports.names) };
}

describe('ReportNaming', () => {
  it('takes names from batch and hierarchy, and asks for nothing more when all are there', async () => {
    const { hierarchies, batches, names, naming } = setUp();
    batches.add(batch, 'Autumn');
    hierarchies.add('course', '{"name":"Health","leafNodesCount":1,"children":[{"identifier":"quiz","name":"Quiz"}]}');
    names.add('quiz', 'another name');
    const found = await naming.forReport().of(batch, ['quiz']);
    expect(found).toMatchObject({ collectionName: 'Health', batchName: 'Autumn', hierarchy: { leafNodesCount: 1 } });
    expect([...found.titles]).toEqual([['quiz', 'Quiz']]);
    expect(names.questions).toEqual([]);
  });

  it('asks in one go for what the hierarchy does not name, and once in a report', async () => {
    const { hierarchies, names, naming } = setUp();
    hierarchies.add('course', '{"name":"Health","children":[{"identifier":"quiz","name":"Quiz"}]}');
    names.add('gone', 'Not in the course any more');
    const ofReport = naming.forReport();
    const { titles } = await ofReport.of(batch, ['quiz', 'gone', 'unknown', 'gone']);
    expect(titles.get('gone')).toBe('Not in the course any more');
    expect(titles.get('unknown')).toBeUndefined();
    await ofReport.of(batch, ['unknown', 'gone', 'quiz']);
    expect(names.questions).toEqual([['gone', 'unknown']]);
    await naming.forReport().of(batch, ['unknown']);
    expect(names.questions).toHaveLength(2);
  });

  it('asks for the name of a course without a hierarchy, and has empty names for what is unknown', async () => {
    const { names, naming } = setUp();
    names.add('course', 'Health');
    expect(await naming.forReport().of(batch)).toMatchObject({ collectionName: 'Health', hierarchy: undefined });
    const unknown = await naming.forReport().of({ courseId: 'unknown', batchId: 'b1' });
    expect(unknown).toMatchObject({ collectionName: '', batchName: '' });
  });

  it('names each batch of a course', async () => {
    const { batches, naming } = setUp();
    batches.add(batch, 'Autumn');
    batches.add({ ...batch, batchId: 'b2' }, 'Spring');
    const ofReport = naming.forReport();
    expect((await ofReport.of(batch)).batchName).toBe('Autumn');
    expect((await ofReport.of({ ...batch, batchId: 'b2' })).batchName).toBe('Spring');
  });
});
