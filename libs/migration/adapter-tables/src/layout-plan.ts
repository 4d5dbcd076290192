import { type WriteTimeUs } from '@scorekeep/core/domain-scoring';
import { type LayoutState } from '@scorekeep/migration/domain-migration';
import {
  type AnswersCell,
  type Cell,
  COUNT_COLUMN,
  type LayoutRow,
  withoutRepeats,
  writeTimeOfRow,
} from './layout-row';

/** Cells of one table and row that are written together, at one time. */
export interface CellGroup {
  readonly writeTimeUs: WriteTimeUs;
  /** By column; answers as bytes. */
  readonly values: ReadonlyMap<string, unknown>;
}

export interface LayoutPlan {
  readonly state: LayoutState;
  /** What to write to the row that is copied to. */
  readonly groups: readonly CellGroup[];
  readonly raisedToUs?: WriteTimeUs;
}

/** A cell as it is copied: answers are one, too. */
type CopiedCell = Cell & { readonly column: string };

const nothing = (state: LayoutState): LayoutPlan => ({ state, groups: [] });

/**
 * What to copy of a row of `assessment_aggregator` to `assessment_raw`: its cells, each at its own write time, together
 * with the number of answers, by which a list that was written twice is known.
 */
export function planRaw(unified: LayoutRow | undefined, raw: LayoutRow | undefined): LayoutPlan {
  if (!unified?.answers) return nothing(raw ? 'same' : 'without-answers');
  const { answers, cells } = unified;
  if (isOvertaken(answers, cells, raw)) return nothing('newer');
  const count = { value: answers.count, writeTimeUs: answers.writeTimeUs };
  const plan = planCells({ cells: new Map([...cells, [COUNT_COLUMN, count]]), answers }, raw);
  // A process died after the copy, before the row of totals was told the number of its answers: that is left to do.
  return plan.state === 'same' && !cells.has(COUNT_COLUMN) ? nothing('older') : plan;
}

/**
 * What to copy of a row of `assessment_raw` to `assessment_aggregator`, one answer per question. Where that is another
 * list than was written, the whole row is written above.
 */
export function planUnify(raw: LayoutRow | undefined, unified: LayoutRow | undefined): LayoutPlan {
  if (!raw?.answers) return nothing(unified && isArchived(unified) ? 'archived' : 'without-answers');
  const { answers, cells } = raw;
  const writeTimeUs = writeTimeOfRow(raw);
  if (isNewer(unified, writeTimeUs)) return nothing('newer');
  const shorter = withoutRepeats(answers);
  if (!shorter) return planCells({ cells, answers }, unified);
  const raisedToUs = writeTimeUs + 1n;
  const scalars = [...cells].map(([column, { value }]) => [column, value] as const);
  const values = new Map<string, unknown>([...scalars, [COUNT_COLUMN, shorter.count], ['question', shorter.bytes]]);
  return { state: copyState(unified), groups: [{ writeTimeUs: raisedToUs, values }], raisedToUs };
}

/** By the split layout, which has a row of answers of its own, or had one: then it left other totals above the answers here. */
function isOvertaken(answers: AnswersCell, cells: LayoutRow['cells'], raw: LayoutRow | undefined): boolean {
  const countedUs = cells.get(COUNT_COLUMN)?.writeTimeUs ?? 0n;
  return countedUs > answers.writeTimeUs || isNewer(raw, answers.writeTimeUs) || isWithRepeats(raw, answers);
}

/** One event, handled in the unified layout, and after a death once more in the split one: which keeps every answer. */
function isWithRepeats(raw: LayoutRow | undefined, unified: AnswersCell): boolean {
  const answers = raw?.answers;
  if (answers?.writeTimeUs !== unified.writeTimeUs || answers.count === unified.count) return false;
  return withoutRepeats(answers)?.bytes.equals(unified.bytes) ?? false;
}

function isNewer(row: LayoutRow | undefined, writeTimeUs: WriteTimeUs): boolean {
  return row?.answers !== undefined && row.answers.writeTimeUs > writeTimeUs;
}

/** Without answers, but with their number: the split layout wrote it, or what is archived was given back. */
function isArchived({ answers, cells }: LayoutRow): boolean {
  return !answers && cells.has(COUNT_COLUMN);
}

function copyState(target: LayoutRow | undefined): 'older' | 'missing' {
  return target?.answers ? 'older' : 'missing';
}

/** The cells that the other row lacks or has from an earlier write. */
function planCells(source: Pick<LayoutRow, 'cells'> & { answers: AnswersCell }, target?: LayoutRow): LayoutPlan {
  const stored = new Map(target ? allCells(target).map((cell) => [cell.column, cell]) : []);
  const groups = new Map<WriteTimeUs, Map<string, unknown>>();
  for (const { column, value, writeTimeUs } of allCells(source)) {
    const other = stored.get(column);
    if (other?.writeTimeUs === writeTimeUs && textOf(other.value) !== textOf(value)) return nothing('different');
    if (other && other.writeTimeUs >= writeTimeUs) continue;
    groups.set(writeTimeUs, new Map([...(groups.get(writeTimeUs) ?? []), [column, value]]));
  }
  if (groups.size === 0) return nothing('same');
  const written = [...groups].map(([writeTimeUs, values]) => ({ writeTimeUs, values }));
  return { state: copyState(target), groups: written };
}

function allCells({ cells, answers }: Pick<LayoutRow, 'cells' | 'answers'>): CopiedCell[] {
  const scalars = [...cells].map(([column, cell]) => ({ column, ...cell }));
  if (!answers) return scalars;
  return [...scalars, { column: 'question', value: answers.bytes, writeTimeUs: answers.writeTimeUs }];
}

function textOf(value: unknown): string {
  if (value instanceof Date) return String(value.getTime());
  return Buffer.isBuffer(value) ? value.toString('latin1') : String(value);
}
