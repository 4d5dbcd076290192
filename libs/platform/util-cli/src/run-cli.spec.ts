import { sampleApp, SampleRootCommand, StartCounter } from './fixtures/sample-app';
import { defaultService } from './cli-definition';
import { InterruptedError } from './cli.errors';
import { Interruption } from './interruption';
import { parseCommandLine } from './parse-command-line';
import { runCommand } from './run-command';

const remember = () => {
  const stream = { text: '', write: (text: string) => (stream.text += text) };
  return stream;
};

/** What runCli does, without the process around it. */
async function run(commandLine: string, environment: Record<string, string> = {}, signal?: AbortSignal) {
  const [stdout, stderr] = [remember(), remember()];
  const definition = sampleApp(environment);
  const asked = await parseCommandLine(definition, commandLine.split(' ').filter(Boolean), { stdout, stderr });
  if (asked.kind === 'service') return { code: `service ${asked.service.name}`, stdout: '', stderr: '' };
  const interruption = new Interruption(signal ?? new AbortController().signal);
  const code =
    asked.kind === 'exit' ? asked.code : await runCommand(definition, asked, interruption, { stdout, stderr });
  return { code, stdout: stdout.text, stderr: stderr.text };
}

describe('a command line', () => {
  beforeEach(() => {
    StartCounter.starts = 0;
  });

  it('runs a command with its arguments and options; the result is on stdout, progress on stderr', async () => {
    expect(await run('copy a.txt --count 2 --format fancy --json')).toEqual({
      code: 0,
      stdout: '{"file":"a.txt","count":2,"format":"fancy"}\n',
      stderr: 'copied 2 of 2 (100 %)\n',
    });
    expect(StartCounter.starts).toBe(1);
  });

  it.each([
    ['copy a.txt --json', 'CopyCommand', { json: true, format: 'plain' }],
    ['--json', 'SampleRootCommand', { json: true }],
  ])('takes the option of "%s" for that of %s', async (commandLine, commandClass, options) => {
    const definition = { ...sampleApp({}), rootCommand: SampleRootCommand };
    const streams = { stdout: remember(), stderr: remember() };
    const asked = await parseCommandLine(definition, commandLine.split(' '), streams);
    expect(asked).toMatchObject({ kind: 'command', options });
    expect(asked.kind === 'command' && asked.commandClass.name).toBe(commandClass);
  });

  it('uses settings and default values', async () => {
    const { code, stdout } = await run('copy a.txt --json', { SAMPLE_NUMBER: '5' });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '{"file":"a.txt","count":5,"format":"plain"}\n' });
  });

  it('runs subcommands', async () => {
    expect(await run('lift up')).toEqual({ code: 0, stdout: 'went up\n', stderr: '' });
  });

  it('finds services', async () => {
    expect(await run('serve')).toMatchObject({ code: 'service serve' });
  });

  it.each([
    ['', 'Usage: sample [options] [command]'],
    ['bogus', "error: unknown command 'bogus'"],
    ['--bogus', "error: unknown option '--bogus'"],
    ['copy', "error: missing required argument 'file'"],
    ['copy a --bogus', "error: unknown option '--bogus'"],
    ['copy a b', "error: unknown argument 'b'"],
    ['copy a --count', "error: option '-c, --count <count>' argument missing"],
    ['copy a --count 0', "argument '0' is invalid. It must be a whole number, at least 1."],
    ['copy a --count 1.5', "argument '1.5' is invalid. It must be a whole number, at least 1."],
    ['copy a --format x', "argument 'x' is invalid. It must be one of plain, fancy."],
    ['lift down', "error: unknown command 'down'"],
    ['serve --bogus', "error: unknown option '--bogus'"],
    ['serve more', "error: unknown argument 'more'"],
  ])('"%s" is bad usage: exit 2, the usage on stderr, nothing started', async (commandLine, complaint) => {
    const { code, stdout, stderr } = await run(commandLine, { SAMPLE_NUMBER: 'bad' });
    expect({ code, stdout, starts: StartCounter.starts }).toEqual({ code: 2, stdout: '', starts: 0 });
    expect(stderr).toContain(complaint);
    expect(stderr).toContain('Usage: ');
  });

  it.each([
    ['copy contradiction', 'error: a contradiction\n\nUsage: sample copy [options] <file>'],
    ['lift', 'error: say where to\n\nUsage: sample lift [options] [command]'],
  ])('"%s" is bad usage, found by the command itself', async (commandLine, complaint) => {
    const { code, stderr } = await run(commandLine);
    expect(code).toBe(2);
    expect(stderr).toContain(complaint);
  });

  it.each([
    ['--version', '1.2.3\n'],
    ['--help', 'a sample'],
    ['--help', 'serves for ever'],
    ['copy --help', 'Usage: sample copy [options] <file>'],
    ['lift --help', 'goes up'],
    ['serve --help', 'serves for ever'],
  ])('"%s" answers on stdout and exits 0, with bad settings too', async (commandLine, answer) => {
    const { code, stdout, stderr } = await run(commandLine, { SAMPLE_NUMBER: 'bad' });
    expect({ code, stderr, starts: StartCounter.starts }).toEqual({ code: 0, stderr: '', starts: 0 });
    expect(stdout).toContain(answer);
  });

  it('says in one line what failed, and exits 1', async () => {
    expect(await run('copy missing')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'error: no such file: missing (SAMPLE.MISSING)\n',
    });
  });

  it('shows the stack of a defect, and exits 1', async () => {
    const { code, stderr } = await run('copy defect');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: TypeError: a defect\n +at /);
  });

  it('exits 78 when settings are bad, before anything starts', async () => {
    expect(await run('copy a', { SAMPLE_NUMBER: 'x' })).toEqual({
      code: 78,
      stdout: '',
      stderr: 'error: bad settings:\n  SAMPLE_NUMBER must be a number, but is "x"\n',
    });
    expect(StartCounter.starts).toBe(0);
  });

  it('exits 130 when it was interrupted', async () => {
    const signal = AbortSignal.abort(new InterruptedError('SIGINT'));
    expect(await run('wait', {}, signal)).toEqual({
      code: 130,
      stdout: 'waiting\n',
      stderr: 'error: interrupted by SIGINT (CLI.INTERRUPTED)\n',
    });
    expect((await run('copy a', {}, signal)).code).toBe(130);
  });

  it('exits 1 when the module cannot start', async () => {
    const definition = { ...sampleApp(), module: () => Promise.reject(new Error('no server')) };
    const streams = { stdout: remember(), stderr: remember() };
    const asked = await parseCommandLine(definition, ['lift', 'up'], streams);
    if (asked.kind !== 'command') throw new Error('expected a command');
    expect(await runCommand(definition, asked, new Interruption(new AbortController().signal), streams)).toBe(1);
    expect(streams.stderr.text).toContain('no server');
  });

  it('without arguments runs the service that has no name', async () => {
    const start = async () => ({ close: async () => undefined });
    const service = { description: 'consumes', start };
    const definition = { ...sampleApp(), services: [service] };
    const streams = { stdout: remember(), stderr: remember() };
    expect(defaultService(definition)).toBe(service);
    expect(defaultService(sampleApp())).toBeUndefined();
    await parseCommandLine(definition, ['--help'], streams);
    expect(streams.stdout.text).toContain('Without arguments: consumes');
  });
});
