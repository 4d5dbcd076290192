import { invalidRequest } from '@scorekeep/platform/util-http';

/** Where a page ended. */
export interface ListPosition {
  readonly submittedOnMs: number;
  readonly requestId: string;
}

export interface ListPage {
  readonly limit: number;
  /** Undefined: the first page. */
  readonly after: ListPosition | undefined;
}

const USUAL_LIMIT = 20;
const LARGEST_LIMIT = 100;
const CURSOR = /^(\d{1,15})\.([0-9A-F]{32})$/;

/** @throws HTTP.INVALID_REQUEST naming the parameter */
export function listPageOf(limit: string | undefined, cursor: string | undefined): ListPage {
  const [size, after] = [sizeOf(limit), cursor === undefined ? undefined : positionOf(cursor)];
  const problems = [
    ...(size === undefined ? [`limit must be a whole number from 1 to ${LARGEST_LIMIT}`] : []),
    ...(after === 'unknown' ? ['cursor must be one that a list gave'] : []),
  ];
  if (size === undefined || after === 'unknown') throw invalidRequest(...problems);
  return { limit: size, after };
}

function sizeOf(limit = String(USUAL_LIMIT)): number | undefined {
  const size = /^\d{1,3}$/.test(limit) ? Number(limit) : 0;
  return size >= 1 && size <= LARGEST_LIMIT ? size : undefined;
}

function positionOf(cursor: string): ListPosition | 'unknown' {
  const [, submittedOn, requestId] = CURSOR.exec(cursor) ?? [];
  return requestId === undefined ? 'unknown' : { submittedOnMs: Number(submittedOn), requestId };
}

export function cursorOf({ submittedOnMs, requestId }: ListPosition): string {
  return `${submittedOnMs}.${requestId}`;
}

/** Order of a list: the newest submission first, among equal ones by id. */
export function newestFirst(left: ListPosition, right: ListPosition): number {
  return right.submittedOnMs - left.submittedOnMs || (left.requestId < right.requestId ? -1 : 1);
}

/** Whether it comes after a position. */
export function isBehind(position: ListPosition, after: ListPosition): boolean {
  return position.requestId !== after.requestId && newestFirst(after, position) < 0;
}
