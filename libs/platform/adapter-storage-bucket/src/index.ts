export { BucketArchiveStorage } from './bucket-archive-storage';
export { BUCKET_LIMITS, type BucketLimits } from './bucket-limits';
export {
  type BucketObject,
  type BucketPage,
  type BucketPart,
  type BucketPartBody,
  type BucketPut,
  ObjectBucket,
} from './object-bucket';
export { type AnnouncedBody, receiveBody } from './receive-body';
