/** A batch that was asked for by name. */
export interface BatchSelection {
  readonly batchId: string;
  /** Without it: every collection of the batch. */
  readonly collectionId?: string;
}

/** True for weeks of batches that were asked for; without any selection, for all. */
export function isSelected(
  { batchId, collectionId }: { readonly batchId: string; readonly collectionId: string },
  batches: readonly BatchSelection[] | undefined,
): boolean {
  return (
    batches === undefined ||
    batches.some(
      (batch) => batch.batchId === batchId && (batch.collectionId === undefined || batch.collectionId === collectionId),
    )
  );
}

/** The ids of the batches, each once. */
export function batchIdsOf(batches: readonly BatchSelection[]): string[] {
  return [...new Set(batches.map(({ batchId }) => batchId))];
}
