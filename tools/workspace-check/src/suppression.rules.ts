import { type Problem, type Rule } from './workspace-files';

interface Pattern {
  readonly files: RegExp;
  readonly text: RegExp;
  readonly words: string;
}

const sources = /^(apps|libs|tools)\/.*\.([cm]?[jt]s)$|^[^/]*\.[cm]?[jt]s$/;

const patterns: readonly Pattern[] = [
  {
    files: sources,
    text: /(?:\/\/|\/\*)\s*eslint-disable(?!.* -- \S{3}).*/,
    words: 'a suppressed lint rule needs its reason: ` -- why`',
  },
  {
    files: /spec\.ts$/,
    text: /\b(?:it|test|describe)(?:\.concurrent)?\.(?:only|skip|todo)\b/,
    words: 'a test that is left out, or leaves out others',
  },
  {
    files: /spec\.ts$/,
    text: /(?<![.\w])(?:fit|fdescribe|xit|xtest|xdescribe)(?:\.each)?\s*\(/,
    words: 'a test that is left out, or leaves out others',
  },
  {
    files: /\.([cm]?[jt]s|md|cql|ya?ml)$/,
    text: /\b(?:TODO|FIXME|XXX)\b/,
    words: 'work left for later: do it, or make an issue of it',
  },
];

/** Nothing is switched off quietly, nothing put off. This tool speaks of such words itself and is left out. */
export const suppressionRule: Rule = (files) =>
  files.paths
    .filter(
      (path) => !path.startsWith('tools/workspace-check/') && patterns.some((pattern) => pattern.files.test(path)),
    )
    .flatMap((path) => checkLines(path, files.read(path)));

function checkLines(path: string, text: string): Problem[] {
  const applicable = patterns.filter((pattern) => pattern.files.test(path));
  return text.split('\n').flatMap((line, index) =>
    applicable.flatMap((pattern) => {
      const found = pattern.text.exec(line)?.[0];
      return found === undefined ? [] : [`${path}:${index + 1}: ${pattern.words} (${found.trim()})`];
    }),
  );
}
