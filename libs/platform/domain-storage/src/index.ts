export { ArchiveStorage, type PutOptions, type StoredObject } from './archive-storage.port';
export { ByteStreams, type RunningHash } from './byte-streams.port';
export { downloadDisposition } from './download-disposition';
export {
  type ParquetColumn,
  type ParquetRow,
  ParquetStreams,
  type ParquetStruct,
  type ParquetType,
  type ParquetValue,
} from './parquet-streams.port';
export { NoSignedUrls, type SignedUrl, SignedUrls, type UnsupportedSignedUrl } from './signed-urls.port';
export { assertStorageKey, isStorageKey, storageKeyLimits } from './storage-key';
export {
  bucketNotFound,
  invalidStorageKey,
  isStorageError,
  objectCorrupted,
  objectExists,
  objectNotFound,
  objectTruncated,
  storageErrorCodes,
  storageFull,
  storageRefused,
  storageUnavailable,
  type StorageErrorCode,
  type StorePlace,
} from './storage.errors';
export { ZipEncryption } from './zip-encryption.port';
