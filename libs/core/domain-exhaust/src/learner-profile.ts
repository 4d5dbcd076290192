/** What is known of a learner, as it is stored; what is unknown is empty. A value may be a JSON list, see `writeProfileText`. */
export interface LearnerProfile {
  readonly state: string;
  readonly district: string;
  readonly orgName: string;
  readonly schoolId: string;
  readonly schoolName: string;
  readonly block: string;
  readonly cluster: string;
  readonly board: string;
  readonly userType: string;
  readonly userSubType: string;
  /** Of the organisation that the learner belongs to. */
  readonly rootOrgId: string;
}

/** Of somebody of whom nothing is known. */
export const unknownProfile: LearnerProfile = {
  state: '',
  district: '',
  orgName: '',
  schoolId: '',
  schoolName: '',
  block: '',
  cluster: '',
  board: '',
  userType: '',
  userSubType: '',
  rootOrgId: '',
};

/** A value of a profile as reports write it: the elements of a JSON list joined by `, `, anything else as it is. */
export function writeProfileText(value: string): string {
  if (!value.trimStart().startsWith('[')) return value;
  const list = parsed(value);
  if (!Array.isArray(list)) return value;
  return list
    .filter((element) => element !== null)
    .map((element) => (typeof element === 'string' ? element : JSON.stringify(element)))
    .join(', ');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
