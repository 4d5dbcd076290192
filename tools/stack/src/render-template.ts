import { AppError } from '@scorekeep/platform/util-errors';

/**
 * Fills every `@NAME@` of a template in.
 *
 * @throws AppError STACK.TEMPLATE when the template asks for a name that `values` does not have
 */
export function renderTemplate(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/@([A-Z][A-Z0-9_]*)@/g, (_placeholder, name: string) => {
    const value = values[name];
    if (value === undefined) throw new AppError('STACK.TEMPLATE', `The template asks for @${name}@, which nobody set.`);
    return String(value);
  });
}
