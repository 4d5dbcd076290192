import { stackSettings } from '../../../stack/src';
import { archivalChaos } from './archival-chaos';

const SECONDS = 60;
const seed = Number(process.env['CHAOS_SEED'] ?? 3);

jest.setTimeout(300_000);

describe('the archiver, killed at random while learners submit', () => {
  it.each(['unified', 'split'] as const)(
    `loses nothing and archives nothing twice (%s layout, seed ${seed})`,
    async (layout) => {
      const options = { layout, seed, seconds: SECONDS, name: `e2e_chaos_${layout}` };
      const never = new AbortController().signal;
      const rounds: string[] = [];
      const { killed, commands } = await archivalChaos(options, stackSettings(), never, (line) => rounds.push(line));
      expect(rounds.at(-1)).toMatch(/^settled: [1-9]\d* weeks/);
      expect(killed).toBeGreaterThan(0);
      expect(commands).toBeGreaterThan(killed);
    },
  );
});
