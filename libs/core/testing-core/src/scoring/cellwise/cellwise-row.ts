import {
  type Answer,
  answersOf,
  type AttemptIdentity,
  isMixed,
  type AttemptToStore,
  type WriteTimeUs,
  type WrittenAttempt,
  withoutCopies,
} from '@scorekeep/core/domain-scoring';
import { type Cell, doubleCell, textCell, timestampCell, winner } from './cell';

interface Element {
  readonly answer: Answer;
  readonly writeTimeUs: WriteTimeUs;
}

/** A row of attempts, cell by cell: two writes with one timestamp leave cells of both, and the answers of both. */
export class CellwiseRow {
  private readonly cells = new Map<string, Cell>();
  private elements: Element[] = [];
  private rowTombstoneUs: WriteTimeUs = -1n;
  private listTombstoneUs: WriteTimeUs = -1n;

  constructor(private readonly identity: AttemptIdentity) {}

  /** @param columns what is written besides the totals: the table may have no answers, the reference knows no count */
  insert(row: AttemptToStore, writeTimeUs: WriteTimeUs, columns: readonly ('answers' | 'count')[]): void {
    this.put('key', textCell('', writeTimeUs));
    this.put('grandTotal', row.grandTotal === null ? undefined : textCell(row.grandTotal, writeTimeUs));
    for (const name of ['totalScore', 'totalMaxScore'] as const) {
      this.put(name, row[name] === null ? undefined : doubleCell(row[name], writeTimeUs));
    }
    for (const name of ['createdOnMs', 'updatedOnMs', 'lastAttemptedOnMs'] as const) {
      this.put(name, row[name] === null ? undefined : timestampCell(row[name], writeTimeUs));
    }
    const answers = answersOf(row.answers);
    if (columns.includes('count')) this.put('questionCount', timestampCell(answers.length, writeTimeUs));
    if (columns.includes('answers')) this.replaceAnswers(answers, writeTimeUs);
  }

  /** What was written at or before `writeTimeUs` is gone. */
  delete(writeTimeUs: WriteTimeUs): void {
    if (writeTimeUs > this.rowTombstoneUs) this.rowTombstoneUs = writeTimeUs;
    for (const [name, cell] of this.cells) if (cell.writeTimeUs <= this.rowTombstoneUs) this.cells.delete(name);
    this.elements = this.elements.filter((element) => element.writeTimeUs > this.rowTombstoneUs);
  }

  /** Every answer as it lies there, doubled ones included. */
  get answers(): readonly Answer[] {
    return this.elements.map(({ answer }) => answer);
  }

  /** Whether it is one of ours: the reference knows no count. */
  get hasCount(): boolean {
    return this.cells.has('questionCount');
  }

  /** As the real repositories read it; undefined when nothing of it is live. */
  read(): WrittenAttempt | undefined {
    const all = [...this.cells.values(), ...this.elements];
    if (all.length === 0) return undefined;
    const writtenCount = this.numberOf('questionCount') ?? undefined;
    const answers = withoutCopies(this.answers, writtenCount);
    return {
      ...this.identity,
      createdOnMs: this.numberOf('createdOnMs'),
      updatedOnMs: this.numberOf('updatedOnMs'),
      lastAttemptedOnMs: this.numberOf('lastAttemptedOnMs'),
      grandTotal: (this.cells.get('grandTotal')?.value as string | undefined) ?? null,
      totalScore: this.numberOf('totalScore'),
      totalMaxScore: this.numberOf('totalMaxScore'),
      answers,
      ...(answers.length > 0 && isMixed(answers, writtenCount) ? { mixed: true } : {}),
      writeTimeUs: all.reduce((highest, each) => (each.writeTimeUs > highest ? each.writeTimeUs : highest), 0n),
    };
  }

  private put(name: string, cell: Cell | undefined): void {
    if (!cell || cell.writeTimeUs <= this.rowTombstoneUs) return;
    this.cells.set(name, winner(this.cells.get(name), cell));
  }

  /** An overwritten collection is deleted at its timestamp − 1; what has the same timestamp stays beside it. */
  private replaceAnswers(answers: readonly Answer[], writeTimeUs: WriteTimeUs): void {
    const deletedUs = writeTimeUs - 1n;
    if (deletedUs > this.listTombstoneUs) this.listTombstoneUs = deletedUs;
    const written = answers.map((answer) => ({ answer, writeTimeUs }));
    this.elements = [...this.elements, ...written].filter(
      (element) => element.writeTimeUs > this.listTombstoneUs && element.writeTimeUs > this.rowTombstoneUs,
    );
  }

  private numberOf(name: string): number | null {
    return (this.cells.get(name)?.value as number | undefined) ?? null;
  }
}
