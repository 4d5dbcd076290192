import { commandLineOf, identityOf, parseCommandLine, parseStat } from './process-identity';

const TAIL = '1 4321 4321 0 -1 4194560 100 0 0 0 7 3 0 0 20 0 30 0 987654 1234 55';

describe('parseStat', () => {
  it.each([
    { name: 'java', state: 'S' },
    { name: 'a (b) c', state: 'R' },
    { name: ') Z 1 2 (', state: 'D' },
  ])('reads state and start time past the program name "$name"', ({ name, state }) => {
    expect(parseStat(`4321 (${name}) ${state} ${TAIL}`)).toEqual({ state, startTicks: '987654' });
  });

  it('gives nothing for a line it cannot read', () => {
    expect(parseStat('')).toBeUndefined();
  });
});

describe('parseCommandLine', () => {
  it.each([
    { text: 'java\0-cp\0a b/*\0Main\0', parts: ['java', '-cp', 'a b/*', 'Main'] },
    { text: 'sh\0\0x\0', parts: ['sh', '', 'x'], why: 'empty arguments count' },
    { text: '', parts: [], why: 'ended' },
  ])('$parts $why', ({ text, parts }) => {
    expect(parseCommandLine(text)).toEqual(parts);
  });
});

describe('identityOf', () => {
  it('is the same each time for a living process', () => {
    expect(identityOf(process.pid)).toEqual(identityOf(process.pid));
    expect(identityOf(process.pid)).toMatchObject({
      pid: process.pid,
      startTicks: expect.stringMatching(/^\d+$/) as string,
    });
    expect(commandLineOf(process.pid)).toContain(process.argv[1]);
  });

  it('is nothing for a number that no process can have', () => {
    expect(identityOf(2 ** 30)).toBeUndefined();
    expect(commandLineOf(2 ** 30)).toEqual([]);
  });
});
