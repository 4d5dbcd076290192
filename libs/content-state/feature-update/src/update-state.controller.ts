import { Body, Controller, Patch } from '@nestjs/common';
import {
  AcceptsExpiredToken,
  ApiId,
  AuthenticatedCaller,
  type Caller,
  requestBody,
} from '@scorekeep/platform/util-http';
import { SyncEnrolment } from './sync-enrolment.use-case';
import { UpdateContentState } from './update-content-state.use-case';
import { updateResult } from './update-result';
import { actsFor, asksForSync, enrolmentToSync, submittedItems } from './update-state.mapper';
import { UpdateStateRequest } from './update-state.request';

/** For learners' apps, which sync what they gathered, sometimes days later. */
@Controller()
export class UpdateStateController {
  constructor(
    private readonly updateContentState: UpdateContentState,
    private readonly syncEnrolment: SyncEnrolment,
  ) {}

  /** @param body as it came: answers are passed on, not copied into the classes that describe them */
  @Patch(['v1/content/state/update', 'v1/user/content/state'])
  @ApiId('api.content.state.update')
  @AcceptsExpiredToken()
  async update(
    @AuthenticatedCaller() caller: Caller,
    @Body(requestBody(UpdateStateRequest)) _checked: UpdateStateRequest,
    @Body() { request }: UpdateStateRequest,
  ): Promise<object> {
    if (asksForSync(request)) {
      await this.syncEnrolment.execute(enrolmentToSync(request, caller), actsFor(caller));
      return { response: 'SUCCESS' };
    }
    const items = submittedItems(request, caller);
    return updateResult(await this.updateContentState.execute({ items, actsFor: actsFor(caller) }));
  }
}
