import { describeSettings, renderEnvExample } from './describe-settings';
import { Setting } from './setting.decorator';
import { withDefaults } from './settings-source';

class DoorSettings {
  @Setting('where the door is')
  DOOR_PORT: number = 1;

  @Setting('what opens it')
  DOOR_KEY?: string;
}

describe('describeSettings', () => {
  it('lists name, meaning and default', () => {
    expect(describeSettings([DoorSettings])).toEqual([
      { name: 'DOOR_PORT', meaning: 'where the door is', secret: false, default: '1' },
      { name: 'DOOR_KEY', meaning: 'what opens it', secret: true, default: undefined },
    ]);
  });
});

describe('renderEnvExample', () => {
  it('lists a variable once, and again where its default differs', () => {
    const text = renderEnvExample([
      { title: 'Front', settings: [DoorSettings] },
      { title: 'Same', settings: [DoorSettings] },
      { title: 'Back', settings: [withDefaults(DoorSettings, { DOOR_PORT: 2 })] },
    ]);
    expect(text).toBe(
      [
        '## Front',
        '# where the door is',
        '#DOOR_PORT=1',
        '# what opens it',
        '#DOOR_KEY=',
        '',
        '## Back',
        '# where the door is',
        '#DOOR_PORT=2',
        '',
      ].join('\n'),
    );
  });
});
