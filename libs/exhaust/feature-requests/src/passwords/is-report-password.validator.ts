import { ValidateBy } from 'class-validator';

/** What 7-Zip takes; longer ones make a file that it cannot open. */
const LONGEST = 99;
const SHORTEST = 8;
const FEWEST_DIFFERENT = 5;
/** Programs disagree on how to write other characters into a zip's key. */
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;
const OFTEN_USED = /^(password|passw0rd|qwerty|letmein|welcome|abcdefgh|iloveyou)\d{0,3}[!.]?$/i;
const DIGITS_ALONE = /^\d*$/;

/** Why a password is not taken; undefined: it is. Never quotes it. */
export function passwordProblem(password: string): string | undefined {
  if (password.length < SHORTEST) return `must be at least ${SHORTEST} characters long`;
  if (password.length > LONGEST) return `must be at most ${LONGEST} characters long`;
  if (!PRINTABLE_ASCII.test(password)) return 'must be of letters, digits, spaces and signs of ASCII';
  if (new Set(password).size < FEWEST_DIFFERENT || DIGITS_ALONE.test(password) || OFTEN_USED.test(password)) {
    return 'is too easy to guess: mix letters with digits or signs';
  }
  return undefined;
}

/** A password that is neither weak nor too long for the programs that open reports. */
export function IsReportPassword(): PropertyDecorator {
  return ValidateBy({
    name: 'isReportPassword',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && passwordProblem(value) === undefined,
      defaultMessage: (given) => `$property ${problemOf(given?.value)}`,
    },
  });
}

function problemOf(value: unknown): string {
  return typeof value === 'string' ? (passwordProblem(value) ?? 'is fine') : 'must be a string';
}
