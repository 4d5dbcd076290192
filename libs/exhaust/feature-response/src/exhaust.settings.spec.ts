import { loadSettings } from '@scorekeep/platform/util-config';
import { ExhaustSettings, responseFormat } from './exhaust.settings';

const load = (environment: Record<string, string>) => loadSettings([ExhaustSettings], environment).get(ExhaustSettings);

describe('ExhaustSettings', () => {
  it('has defaults: UTC, the style of the reference, guarded from formulas', () => {
    expect(responseFormat(load({}))).toEqual({ timeZone: 'UTC', jsonStyle: 'reference', formulaGuard: true });
  });

  it('takes another zone, plain JSON and no guard', () => {
    const settings = load({
      REPORT_TIME_ZONE: 'Asia/Kolkata',
      EXHAUST_JSON_STYLE: 'json',
      EXHAUST_FORMULA_GUARD: 'false',
    });
    expect(responseFormat(settings)).toEqual({ timeZone: 'Asia/Kolkata', jsonStyle: 'json', formulaGuard: false });
  });

  it.each([
    { REPORT_TIME_ZONE: 'Mars/Phobos' },
    { REPORT_TIME_ZONE: 'local' },
    { EXHAUST_JSON_STYLE: 'xml' },
    { EXHAUST_FORMULA_GUARD: 'perhaps' },
  ])('refuses %j', (environment) => {
    const [name = ''] = Object.keys(environment);
    expect(() => load(environment)).toThrow(name);
  });
});
