import { randomUUID } from 'node:crypto';

const TEMPORARY = /^\.scorekeep-put-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A name, unlike any other, for a file that is being written. */
export function temporaryName(): string {
  return `.scorekeep-put-${randomUUID()}`;
}

/** Whether a file of that name is unfinished, perhaps left behind by a process that was killed. */
export function isTemporaryName(name: string): boolean {
  return TEMPORARY.test(name);
}
