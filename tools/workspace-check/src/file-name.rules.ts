import { type Rule } from './workspace-files';

/** What may stand between a file's name and `.ts`. A spec with another ending would never run. */
const roles = new Set(
  (
    'spec int-spec e2e-spec d adapter arbitrary builder client codec command contract controller decorator errors ' +
    'filter fixture generator guard handler interceptor mapper message module parser pipe port ' +
    'publisher query repository request rules server settings strategy use-case validator worker'
  ).split(' '),
);
const specs = new Set(['spec', 'int-spec', 'e2e-spec']);
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** `kebab-name.role.ts`, in folders with such names. */
export const fileNameRule: Rule = ({ paths }) =>
  paths
    .filter((path) => /^(apps|libs|tools)\/.*\.[cm]?[jt]sx?$/.test(path))
    .flatMap((path) => {
      const [name = '', ...endings] = path.split('/').at(-1)?.split('.') ?? [];
      const [last = '', ...others] = endings.slice(0, -1).reverse();
      // A spec may say which side of its subject it is about: `archiver.usage.int-spec.ts`.
      const stated = specs.has(last) ? others.filter((word) => !kebab.test(word)) : [...others.reverse(), last];
      const unknown = stated.filter((role) => role !== '' && !roles.has(role));
      const folders = path.split('/').slice(0, -1);
      return [
        ...([...folders, name].every((part) => kebab.test(part)) ? [] : [`${path}: names are kebab-case`]),
        ...unknown.map((role) => `${path}: .${role} is no role (roles: file-name.rules.ts)`),
      ];
    });
