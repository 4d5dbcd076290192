import { type Output } from '@scorekeep/platform/util-cli';

/** Shows parts of a migration as they are done. */
export function partsProgress(output: Output, what: string): { onStart: (parts: number) => void; onPart: () => void } {
  let advance: () => void = () => undefined;
  return {
    onStart: (parts) => {
      const progress = output.progress(what, parts);
      advance = () => progress.advance();
    },
    onPart: () => advance(),
  };
}
