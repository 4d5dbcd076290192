import { type ArchiveStorage } from '@scorekeep/platform/domain-storage';

export interface ArchiveStorageContractOptions {
  /** How many objects the long listing has; more than the store's page. Default 1,100. */
  readonly manyObjects?: number;
  /** Length of the large bodies in bytes; more than two parts of a multipart upload. Default 17 MiB. */
  readonly largeBytes?: number;
  /**
   * False for a store that looks first and writes then, so that two creators at once may both succeed. Default true:
   * exactly one does.
   */
  readonly atomicCreate?: boolean;
  /** Segments of keys that the store's server refuses, though the protocol allows them. Default none. */
  readonly refusedNames?: readonly string[];
  /** False for a server that removes the object when an upload that was to replace it is given up. Default true. */
  readonly keepsFormerOnAbort?: boolean;
}

/** What the contract's sections get. */
export interface ContractSubject extends Required<ArchiveStorageContractOptions> {
  readonly storage: () => ArchiveStorage;
  /** A key in a folder of its own, so that no test sees another's objects. */
  readonly freshKey: (name?: string) => string;
}
