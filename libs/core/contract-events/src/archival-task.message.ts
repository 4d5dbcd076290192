import { isJsonObject, type JsonObject, jsonObjectOf } from './json-object';

/** Work of the archiver that any of its instances may do. */
export type ArchivalTask =
  /** Find the weeks that there is something to do for, and ask for each. `taskId` is the same for one and the same tick of all instances. */
  | { readonly kind: 'plan'; readonly taskId: string; readonly plannedOnMs: number }
  /** Archive a week, then delete what was verified long enough ago. */
  | {
      readonly kind: 'week';
      readonly taskId: string;
      readonly plannedOnMs: number;
      readonly batchId: string;
      readonly collectionId: string;
      readonly isoYear: number;
      readonly isoWeek: number;
      /** False: only what is to be deleted. */
      readonly archive: boolean;
    };

/** Value of a message to `archival.task`; its key is `taskId`. */
export function archivalTaskMessage(task: ArchivalTask): string {
  return JSON.stringify(task);
}

/** @returns undefined for what is no task */
export function parseArchivalTask(value: Uint8Array | null): ArchivalTask | undefined {
  const json = value && jsonObjectOf(value);
  if (!isJsonObject(json) || !isText(json['taskId']) || !isWhole(json['plannedOnMs'])) return undefined;
  const { kind, taskId, plannedOnMs } = json;
  if (kind === 'plan') return { kind, taskId, plannedOnMs };
  return kind === 'week' ? weekTask(json, { taskId, plannedOnMs }) : undefined;
}

function weekTask(json: JsonObject, common: Pick<ArchivalTask, 'taskId' | 'plannedOnMs'>): ArchivalTask | undefined {
  const { batchId, collectionId, isoYear, isoWeek, archive } = json;
  if (!isText(batchId) || !isText(collectionId) || typeof archive !== 'boolean') return undefined;
  if (!isWhole(isoYear) || !isWhole(isoWeek)) return undefined;
  return { kind: 'week', ...common, batchId, collectionId, isoYear, isoWeek, archive };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
