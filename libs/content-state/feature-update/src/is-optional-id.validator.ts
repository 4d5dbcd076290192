import { IsOptional, Matches } from 'class-validator';

const UP_TO_256 = /^[^]{0,256}$/u;

/** An id that may be missing, null or blank, which all mean that it is not given. */
export function IsOptionalId(): PropertyDecorator {
  const matches = Matches(UP_TO_256, { message: '$property must be a text of at most 256 characters' });
  return (target, property) => {
    IsOptional()(target, property);
    matches(target, property);
  };
}
