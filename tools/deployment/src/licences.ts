/** Licences of packages that may be delivered with the apps: permissive ones, that ask for their text to be kept. */
export const allowedLicences: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Python-2.0',
  'Unlicense',
]);

/** Whether an SPDX expression can be met by allowed licences alone: one of those that OR joins, all of those that AND joins. */
export function isAllowed(expression: string, allowed = allowedLicences): boolean {
  const tokens = expression.match(/\(|\)|[^\s()]+/g) ?? [];
  let position = 0;
  const one = (): boolean => {
    const token = tokens[position++];
    if (token !== '(') return token !== undefined && allowed.has(token);
    const inner = any();
    return tokens[position++] === ')' && inner;
  };
  const all = (): boolean => {
    let met = one();
    while (tokens[position] === 'AND') {
      position += 1;
      met = one() && met;
    }
    return met;
  };
  const any = (): boolean => {
    let met = all();
    while (tokens[position] === 'OR') {
      position += 1;
      met = all() || met;
    }
    return met;
  };
  const met = any();
  return met && position === tokens.length;
}
