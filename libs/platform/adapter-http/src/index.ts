export { createHttpApp, type HttpAppOptions } from './create-http-app';
export { callOf, sunbirdError, sunbirdSuccess, type AnsweredCall, type Envelope, type SunbirdError } from './envelope';
export { type StatusByCode } from './failure';
export { HealthController } from './health.controller';
export { HttpApp, type HttpAddresses } from './http-app';
export { HttpLimitSettings, httpLimits, type HttpLimits } from './http-limits.settings';
export { HttpSettings } from './http.settings';
export { type HttpReply, type HttpRequest } from './http-types';
export { Readiness, ReadinessCheck, type ReadinessReport } from './readiness';
