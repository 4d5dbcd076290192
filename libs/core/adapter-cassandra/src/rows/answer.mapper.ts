import { types } from 'cassandra-driver';
import { type Answer, type TextMap } from '@scorekeep/core/domain-scoring';

/** An element of the column `question`, as the driver gives and takes it. */
export interface QuestionValue {
  readonly id: string | null;
  readonly assess_ts: Date | null;
  readonly max_score: number | null;
  readonly score: number | null;
  readonly type: string | null;
  readonly title: string | null;
  readonly resvalues: readonly TextMap[] | null;
  readonly params: readonly TextMap[] | null;
  readonly description: string | null;
  readonly duration: types.BigDecimal | null;
}

/** Empty lists are written as they are: a null inside a UDT is no tombstone, but would read back as something else. */
export function toQuestionValue(answer: Answer): QuestionValue {
  return {
    id: answer.questionId,
    assess_ts: new Date(answer.etsMs),
    max_score: answer.maxScore,
    score: answer.score,
    type: answer.type,
    title: answer.title,
    resvalues: answer.resvalues,
    params: answer.params,
    description: answer.description,
    duration: toDecimal(answer.durationSeconds),
  };
}

/** Absent numbers of old rows become 0, absent lists empty. */
export function toAnswer(value: QuestionValue): Answer {
  return {
    questionId: value.id ?? '',
    etsMs: value.assess_ts?.getTime() ?? 0,
    maxScore: value.max_score ?? 0,
    score: value.score ?? 0,
    type: value.type,
    title: value.title,
    description: value.description,
    resvalues: value.resvalues ?? [],
    params: value.params ?? [],
    durationSeconds: value.duration === null ? 0 : Number(value.duration.toString()),
  };
}

/** The exact decimal that the number prints as. `BigDecimal.fromString` knows no exponents, so digits and scale are taken apart. */
function toDecimal(seconds: number): types.BigDecimal {
  const [mantissa = '0', exponent = '0'] = String(seconds).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const scale = fraction.length - Number(exponent);
  const digits = whole + fraction + '0'.repeat(Math.max(0, -scale));
  return types.BigDecimal.fromString(scale > 0 ? withPoint(digits, scale) : digits);
}

function withPoint(digits: string, scale: number): string {
  const negative = digits.startsWith('-');
  const padded = (negative ? digits.slice(1) : digits).padStart(scale + 1, '0');
  return `${negative ? '-' : ''}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}
