export { createRateLimit, type RateLimitOptions, type RunningRateLimit } from './create-rate-limit';
export { RateLimitSettings } from './rate-limit.settings';
