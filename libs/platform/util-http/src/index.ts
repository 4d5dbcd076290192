export { AcceptsExpiredToken } from './accepts-expired-token.decorator';
export { ApiId } from './api-id.decorator';
export { AuthenticatedCaller } from './authenticated-caller.decorator';
export { Authenticator, type AuthenticationRules } from './authenticator.port';
export { actingUserOf, type Caller } from './caller';
export { invalidRequest, unauthenticated } from './http.errors';
export { OpenRoute } from './open-route.decorator';
export { requestBody } from './request-body.pipe';
export { type RouteRules } from './route-rules';
