import { Matches } from 'class-validator';

/** 1 to 256 characters (code points), not all of them white space. */
const ID = /^(?=[^]*\S)[^]{1,256}$/u;

/** An id of a user, course, batch, content or attempt. With `each`, a list of them. */
export function IsId({ each = false }: { readonly each?: boolean } = {}): PropertyDecorator {
  return Matches(ID, {
    each,
    message: `${each ? 'each value in ' : ''}$property must be 1 to 256 characters and not blank`,
  });
}
