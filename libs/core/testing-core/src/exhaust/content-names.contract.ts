import { type ContentNames } from '@scorekeep/core/domain-exhaust';

export interface ContentNamesUnderTest {
  readonly names: ContentNames;
  readonly add: (id: string, name: string) => void;
}

/** What every implementation of `ContentNames` does. */
export function describeContentNames(name: string, create: () => ContentNamesUnderTest): void {
  describe(`${name} as ContentNames`, () => {
    let subject: ContentNamesUnderTest;

    beforeEach(() => {
      subject = create();
    });

    it('knows names, and leaves out what it does not know', async () => {
      subject.add('do_1', 'Health, "basics" 😀');
      expect(await subject.names.namesOf(['unknown', 'do_1'])).toEqual(new Map([['do_1', 'Health, "basics" 😀']]));
      expect(await subject.names.namesOf(['unknown'])).toEqual(new Map());
      expect(await subject.names.namesOf([])).toEqual(new Map());
    });

    it('answers for many ids at once, repeated ones too', async () => {
      const ids = Array.from({ length: 250 }, (_, index) => `do_${index}`);
      for (const id of ids) subject.add(id, `name of ${id}`);
      const found = await subject.names.namesOf([...ids, 'unknown', ...ids]);
      expect(found).toEqual(new Map(ids.map((id) => [id, `name of ${id}`])));
    });
  });
}
