import { projectsOf } from './projects';
import { type Rule } from './workspace-files';

/** A lib's index.ts is its contract: it names each thing, so that nothing gets out by accident. */
export const indexRule: Rule = (files) =>
  projectsOf(files)
    .filter(({ kind }) => kind === 'lib')
    .flatMap(({ folder }) => {
      const path = `${folder}/src/index.ts`;
      if (!files.paths.includes(path)) return [`${path}: is missing`];
      const text = files.read(path);
      return [
        ...(/\bexport\s*\*/.test(text) ? [`${path}: must name what it exports, not export *`] : []),
        ...(/\bexport\b(?!\s*\{\s*\})/.test(text) ? [] : [`${path}: exports nothing`]),
      ];
    });
