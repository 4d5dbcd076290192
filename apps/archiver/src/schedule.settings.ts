import { Setting } from '@scorekeep/platform/util-config';
import { validateCronExpression } from 'cron';
import { buildMessage, ValidateBy } from 'class-validator';

const never = 'off';

/** Text that is a cron expression, or `off`. */
function IsSchedule(): PropertyDecorator {
  const validate = (value: unknown): boolean =>
    typeof value === 'string' && (value === never || validateCronExpression(value).valid);
  const message = buildMessage(() => '$property must be a cron expression like "0 2 * * *", or off');
  return ValidateBy({ name: 'isSchedule', validator: { validate, defaultMessage: message } });
}

/** When the service archives and deletes by itself. */
export class ScheduleSettings {
  @Setting('when the service archives and deletes: a cron expression (UTC), or off')
  @IsSchedule()
  ARCHIVE_SCHEDULE: string = '0 2 * * *';
}

/** @returns undefined when nothing is to happen by itself */
export function scheduleOf({ ARCHIVE_SCHEDULE: expression }: ScheduleSettings): string | undefined {
  return expression === never ? undefined : expression;
}
