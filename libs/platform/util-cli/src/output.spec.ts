import { Output } from './output';

const remember = (isTTY = false) => {
  const stream = {
    isTTY,
    text: '',
    write: (text: string) => (stream.text += text),
    columns: 80,
    on: () => stream,
    clearLine: () => true,
    cursorTo: () => true,
  };
  return stream;
};

const create = (isTTY?: boolean) => {
  const streams = { stdout: remember(), stderr: remember(isTTY) };
  return { ...streams, output: new Output(streams) };
};

describe('Output', () => {
  it('prints JSON in one line, and only once', () => {
    const { output, stdout } = create();
    output.json({ text: 'two\nlines' });
    expect(stdout.text).toBe('{"text":"two\\nlines"}\n');
    expect(() => output.json({})).toThrow('a command prints one JSON result');
  });

  it('prints a table, numbers to the right', () => {
    const { output, stdout } = create();
    output.table([
      { week: '2024-W07', rows: 5, note: undefined },
      { week: '2024-W08', rows: 1200, note: 'x' },
    ]);
    expect(stdout.text.split('\n')).toEqual(
      expect.arrayContaining([
        '│ week     │ rows │ note │',
        '│ 2024-W07 │    5 │      │',
        '│ 2024-W08 │ 1200 │ x    │',
      ]),
    );
  });

  it('prints nothing for an empty table', () => {
    const { output, stdout } = create();
    output.table([]);
    expect(stdout.text).toBe('');
  });

  it('keeps notes off stdout', () => {
    const { output, stdout, stderr } = create();
    output.note('by the way');
    expect([stdout.text, stderr.text]).toEqual(['', 'by the way\n']);
  });
});

describe('progress', () => {
  afterEach(() => jest.useRealTimers());

  it('writes a line every ten seconds and one at the end', () => {
    jest.useFakeTimers();
    const { output, stderr, stdout } = create();
    const progress = output.progress('read', 200);
    jest.advanceTimersByTime(9_999);
    expect(stderr.text).toBe('');
    progress.advance();
    jest.advanceTimersByTime(1);
    expect(stderr.text).toBe('read 1 of 200 (0 %)\n');
    progress.advance(199);
    progress.finish();
    progress.finish();
    jest.advanceTimersByTime(60_000);
    expect(stderr.text).toBe('read 1 of 200 (0 %)\nread 200 of 200 (100 %)\n');
    expect(stdout.text).toBe('');
  });

  it('counts without a total', () => {
    const { output, stderr } = create();
    output.progress('read').advance(7);
    output.endProgress();
    expect(stderr.text).toBe('read 7\n');
  });

  it('ends before the result', () => {
    const { output, stdout, stderr } = create(true);
    const progress = output.progress('read', 10);
    output.note('slow');
    expect(stderr.text.endsWith('\r\u001b[Kslow\n')).toBe(true);
    output.line('done');
    const drawn = stderr.text;
    progress.advance();
    expect([stdout.text, stderr.text]).toEqual(['done\n', drawn]);
  });

  it.each([
    [10, /read .*5\/10/],
    [undefined, /read 5/],
  ])('draws a bar on a terminal (of %s)', (total, drawn) => {
    const { output, stderr } = create(true);
    output.progress('read', total).advance(5);
    output.endProgress();
    expect(stderr.text).toMatch(drawn);
  });
});
