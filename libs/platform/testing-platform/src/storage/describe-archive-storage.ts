import { type ArchiveStorage } from '@scorekeep/platform/domain-storage';
import { type ArchiveStorageContractOptions, type ContractSubject } from './contract/contract-subject';
import { describeKeys } from './contract/keys.contract';
import { describeListing } from './contract/listing.contract';
import { describePutting } from './contract/putting.contract';
import { describeReading } from './contract/reading.contract';

/** A store to test, empty at first, and how to leave nothing behind. */
export interface ArchiveStorageUnderTest {
  readonly storage: ArchiveStorage;
  readonly cleanUp?: () => Promise<void>;
}

/**
 * What every `ArchiveStorage` must do, whatever it stores in. Call it from a spec of the implementation.
 *
 * @param create makes the store once, before the first test
 */
export function describeArchiveStorage(
  name: string,
  create: () => Promise<ArchiveStorageUnderTest>,
  options: ArchiveStorageContractOptions = {},
): void {
  describe(`${name} keeps the contract of ArchiveStorage:`, () => {
    let subject: ArchiveStorageUnderTest;
    let folders = 0;

    beforeAll(async () => {
      subject = await create();
    });
    afterAll(async () => {
      await subject.cleanUp?.();
    }, 120_000);

    const contract: ContractSubject = {
      manyObjects: options.manyObjects ?? 1_100,
      largeBytes: options.largeBytes ?? 17 * 1024 * 1024,
      atomicCreate: options.atomicCreate ?? true,
      refusedNames: options.refusedNames ?? [],
      keepsFormerOnAbort: options.keepsFormerOnAbort ?? true,
      storage: () => subject.storage,
      freshKey: (fileName = 'object') => `contract-${(folders += 1)}/${fileName}`,
    };

    it('answers a check', async () => {
      await expect(subject.storage.check()).resolves.toBeUndefined();
    });

    describePutting(contract);
    describeReading(contract);
    describeListing(contract);
    describeKeys(contract);
  });
}
