export { ApiId } from './api-id.decorator';
export { invalidRequest } from './http.errors';
export { requestBody } from './request-body.pipe';
