import { passwordProblem } from './is-report-password.validator';

it.each(['correct horse battery', 's3cret-1', 'p4ss w0rd!', 'x'.repeat(5) + 'abcdef', 'aB3$'.repeat(24) + 'xyz'])(
  'is taken: %s',
  (password) => {
    expect(passwordProblem(password)).toBeUndefined();
  },
);

it.each([
  { password: '', words: 'at least 8' },
  { password: 'short-1', words: 'at least 8' },
  { password: 'ab3$'.repeat(25), words: 'at most 99' },
  { password: 'pässwörter-1', words: 'ASCII' },
  { password: 'with\nnewline1', words: 'ASCII' },
  { password: 'aaaaaaaaaaaa', words: 'too easy' },
  { password: '1234567890', words: 'too easy' },
  { password: 'Password1', words: 'too easy' },
  { password: 'abababab', words: 'too easy' },
])('is not taken: $password', ({ password, words }) => {
  expect(passwordProblem(password)).toContain(words);
});
