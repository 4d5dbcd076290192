/** Codes of the errors that reports raise themselves. */
export const exhaustErrorCodes = {
  /** A course's stored hierarchy is no JSON tree. Context: courseId. */
  unreadableHierarchy: 'EXHAUST.UNREADABLE_HIERARCHY',
  /** The archive names a week as done whose manifest is not there. Context: batchId, collectionId, week. */
  missingManifest: 'ARCHIVE.MISSING_MANIFEST',
  /** The archive changed under every try. Context: batchId, restarts. Retryable. */
  archiveMoved: 'EXHAUST.ARCHIVE_MOVED',
  /** The report's file cannot be written. Context: file. */
  cannotWrite: 'EXHAUST.CANNOT_WRITE',
  /** Nothing here produces the dataset that is asked for. */
  noProducer: 'EXHAUST.NO_PRODUCER',
  /** The report was called off. */
  interrupted: 'EXHAUST.INTERRUPTED',
  /** Somebody else works on the request now. Context: tag, requestId. */
  leaseLost: 'EXHAUST.LEASE_LOST',
} as const;
