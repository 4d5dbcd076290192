import { AppError } from '@scorekeep/platform/util-errors';

/** Every code this library throws. */
export const contentStateErrorCodes = {
  notEnrolled: 'CONTENT_STATE.NOT_ENROLLED',
  notYours: 'CONTENT_STATE.NOT_YOURS',
  contended: 'CONTENT_STATE.CONTENDED',
} as const;

export const notEnrolled = (): AppError =>
  new AppError(
    contentStateErrorCodes.notEnrolled,
    'request: no enrolment of request.userId in request.courseId and request.batchId',
  );

export const notYours = (): AppError =>
  new AppError(
    contentStateErrorCodes.notYours,
    'request.userId is neither the user of the token nor the one whom the call is for',
  );

/** Other writers kept changing the same rows. What was sent is safe to send again. */
export const contended = (): AppError =>
  new AppError(contentStateErrorCodes.contended, 'others kept changing the same learner’s state', { retryable: true });
