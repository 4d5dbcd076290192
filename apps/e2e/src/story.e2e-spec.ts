import { tellStory } from '../../../tools/demo/src';
import { stackSettings } from '../../../tools/stack/src';

describe('the demo’s story', () => {
  it.each(['unified', 'split'] as const)('holds in the %s layout', async (layout) => {
    const lines: string[] = [];
    const options = { layout, learners: 60, attempts: 300, name: `e2e_story_${layout}` };
    await tellStory(options, stackSettings(), (line) => lines.push(line));
    expect(lines).toHaveLength(10);
    expect(lines[2]).toContain('300 attempts stored once each, 3 malformed events in the failed topic');
    expect(lines[8]).toMatch(/the best score stays/);
  });
});
