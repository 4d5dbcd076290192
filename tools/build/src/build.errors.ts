/** The sources cannot be built; the message says which file and why. */
export class BuildError extends Error {
  override readonly name = 'BuildError';
}
