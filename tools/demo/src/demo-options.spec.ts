import { parseDemoOptions } from './demo-options';

describe('parseDemoOptions', () => {
  it.each([
    { args: [], layout: 'unified' },
    { args: ['--layout', 'split'], layout: 'split' },
    { args: ['--layout=unified'], layout: 'unified' },
  ])('$args', ({ args, layout }) => {
    expect(parseDemoOptions(args)).toMatchObject({ layout, learners: 2_000, attempts: 10_000, name: `demo_${layout}` });
  });

  it.each([[['--layout', 'both']], [['--size', '1']], [['--layout', 'split', 'more']]])(
    'does not understand %p',
    (args) => {
      expect(parseDemoOptions(args)).toBeUndefined();
    },
  );
});
