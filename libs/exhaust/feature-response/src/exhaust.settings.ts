import { type JsonStyle, jsonStyles, type ResponseFormat } from '@scorekeep/core/domain-exhaust';
import { Setting } from '@scorekeep/platform/util-config';
import { IsIn, IsTimeZone } from 'class-validator';

/** How reports are written. */
export class ExhaustSettings {
  @Setting('zone of the times in reports, a name of the IANA database like Asia/Kolkata')
  @IsTimeZone()
  REPORT_TIME_ZONE: string = 'UTC';

  @Setting("JSON in reports: reference (as Sunbird's reports print it, not parseable) or json")
  @IsIn(jsonStyles)
  EXHAUST_JSON_STYLE: JsonStyle = 'reference';

  @Setting('true: texts that a spreadsheet would take for a formula get a leading apostrophe')
  EXHAUST_FORMULA_GUARD: boolean = true;
}

/** The settings as the domain wants them. */
export function responseFormat(settings: ExhaustSettings): ResponseFormat {
  return {
    timeZone: settings.REPORT_TIME_ZONE,
    jsonStyle: settings.EXHAUST_JSON_STYLE,
    formulaGuard: settings.EXHAUST_FORMULA_GUARD,
  };
}
