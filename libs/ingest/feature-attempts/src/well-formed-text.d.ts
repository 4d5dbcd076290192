/** Of ES2024; Node 20 has it, the configured `lib` does not. */
interface String {
  isWellFormed(): boolean;
  toWellFormed(): string;
}
