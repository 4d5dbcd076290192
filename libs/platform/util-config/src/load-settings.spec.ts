import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import { IsDuration } from './duration';
import { IsHostPortList } from './host-port';
import { loadSettings } from './load-settings';
import { Setting } from './setting.decorator';
import { SettingsError } from './settings.errors';
import { withDefaults } from './settings-source';

type Layout = 'unified' | 'split';

class ServerSettings {
  @Setting('where it listens')
  @IsHostPortList()
  SERVER_ADDRESSES = '127.0.0.1:1';

  @Setting('how many at once')
  @IsInt()
  @Min(1)
  @Max(100)
  SERVER_WORKERS: number = 4;

  @Setting('who may enter')
  @IsString()
  SERVER_PASSWORD: string;

  @Setting('a name')
  @IsOptional()
  @IsString()
  SERVER_NAME?: string;
}

class StoreSettings {
  @Setting('one table or several')
  @IsIn(['unified', 'split'])
  STORE_LAYOUT: Layout = 'unified';

  @Setting('whether to compress')
  @IsBoolean()
  STORE_COMPRESS = true;

  @Setting('how long to wait')
  @IsDuration()
  STORE_GRACE = '24h';

  @Setting('where it lies', { secret: true })
  @IsOptional()
  @IsIn(['here'])
  STORE_URL?: string;
}

const problemsOf = (load: () => unknown): string[] => {
  try {
    load();
  } catch (error) {
    if (error instanceof SettingsError) return error.problems.map(({ text }) => text);
    throw error;
  }
  return [];
};

describe('loadSettings', () => {
  it('keeps defaults where nothing, or empty text, is set', () => {
    const settings = loadSettings([ServerSettings], { SERVER_PASSWORD: 'x', SERVER_WORKERS: '', SERVER_NAME: '' });
    expect({ ...settings.get(ServerSettings) }).toEqual({
      SERVER_ADDRESSES: '127.0.0.1:1',
      SERVER_WORKERS: 4,
      SERVER_PASSWORD: 'x',
    });
  });

  it('converts by the declared type, or by that of the default', () => {
    const settings = loadSettings([ServerSettings, StoreSettings], {
      SERVER_PASSWORD: '123',
      SERVER_WORKERS: '8',
      SERVER_NAME: '7',
      STORE_COMPRESS: 'FALSE',
      STORE_LAYOUT: 'split',
    });
    expect(settings.get(ServerSettings)).toMatchObject({ SERVER_PASSWORD: '123', SERVER_WORKERS: 8, SERVER_NAME: '7' });
    expect(settings.get(StoreSettings)).toMatchObject({ STORE_COMPRESS: false, STORE_LAYOUT: 'split' });
  });

  it.each([
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
  ])('reads the boolean %s', (text, value) => {
    expect(loadSettings([StoreSettings], { STORE_COMPRESS: text }).get(StoreSettings).STORE_COMPRESS).toBe(value);
  });

  it.each(['yes', 'on', 'null', ' true'])('refuses the boolean "%s"', (text) => {
    expect(problemsOf(() => loadSettings([StoreSettings], { STORE_COMPRESS: text }))).toEqual([
      `STORE_COMPRESS must be true or false, but is "${text}"`,
    ]);
  });

  it.each(['four', '1e3', '0x10', '1 ', 'NaN', 'Infinity', '--1'])('refuses the number "%s"', (text) => {
    expect(problemsOf(() => loadSettings([ServerSettings], { SERVER_PASSWORD: 'x', SERVER_WORKERS: text }))).toEqual([
      `SERVER_WORKERS must be a number, but is "${text}"`,
    ]);
  });

  it('names every problem of every class in one error', () => {
    const load = () =>
      loadSettings([ServerSettings, StoreSettings], {
        SERVER_ADDRESSES: 'nowhere',
        SERVER_WORKERS: '0.5',
        STORE_LAYOUT: 'both',
        STORE_GRACE: 'a day',
        STORE_URL: 'redis://user:hunter2@host',
      });
    expect(problemsOf(load)).toEqual([
      'SERVER_ADDRESSES must be host:port, or several separated by commas, but is "nowhere"',
      'SERVER_WORKERS must not be less than 1; must be an integer number, but is "0.5"',
      'SERVER_PASSWORD must be a string, but is not set (who may enter)',
      'STORE_LAYOUT must be one of the following values: unified, split, but is "both"',
      'STORE_GRACE must be a duration like 500ms, 30s, 24h, 7d or 0, but is "a day"',
      'STORE_URL must be one of the following values: here, but is something else (not shown)',
    ]);
    expect(load).not.toThrow(/hunter2/);
  });

  it.each(['A_PASSWORD', 'A_SECRET', 'ACCESS_KEY_ID', 'A_TOKEN', 'A_CONNECTION_STRING'])('never shows %s', (name) => {
    class SecretSettings {}
    Setting('a secret')(SecretSettings.prototype, name);
    IsIn(['right'])(SecretSettings.prototype, name);
    Reflect.defineMetadata('design:type', String, SecretSettings.prototype, name);
    expect(() => loadSettings([SecretSettings], { [name]: 'hunter2' })).toThrow(/not shown/);
    expect(() => loadSettings([SecretSettings], { [name]: 'hunter2' })).not.toThrow(/hunter2/);
  });

  it("takes an app's own defaults, validated like any value", () => {
    const source = withDefaults(ServerSettings, { SERVER_WORKERS: 9, SERVER_PASSWORD: 'x' });
    expect(loadSettings([source], {}).get(ServerSettings).SERVER_WORKERS).toBe(9);
    expect(loadSettings([source], { SERVER_WORKERS: '2' }).get(ServerSettings).SERVER_WORKERS).toBe(2);
    expect(new ServerSettings().SERVER_WORKERS).toBe(4);
  });

  it('gives Nest providers', () => {
    const settings = loadSettings([StoreSettings], {});
    expect(settings.providers()).toEqual([{ provide: StoreSettings, useValue: settings.get(StoreSettings) }]);
  });

  it('refuses to hand out what was not loaded', () => {
    expect(() => loadSettings([], {}).get(StoreSettings)).toThrow('StoreSettings was not loaded');
  });

  it('refuses a class with a property that is no setting, or has no type', () => {
    class Forgotten {
      FORGOTTEN = 1;
    }
    class Untyped {
      @Setting('anything')
      UNTYPED: string | undefined;
    }
    expect(() => loadSettings([Forgotten], {})).toThrow('Forgotten.FORGOTTEN has no @Setting');
    expect(() => loadSettings([Untyped], { UNTYPED: 'x' })).toThrow(
      'Untyped.UNTYPED must be declared string, number or boolean',
    );
  });
});
