import { type Manifest } from '@scorekeep/core/domain-archive';
import {
  ReportLearners,
  ReportNaming,
  type ReportOrder,
  responseColumns,
  responseRows,
} from '@scorekeep/core/domain-exhaust';
import { type StoredAttempt, type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { hashToken, reportPorts } from '@scorekeep/core/testing-core';
import { parse } from 'csv-parse/sync';
import { weekOf } from './archival-record.fixture';
import { AttemptsOfBatch } from './attempts-of-batch';
import { ExhaustSettings, responseFormat } from './exhaust.settings';
import { ProduceResponseReport } from './produce-response-report.use-case';

export const batchId = 'batch-1';
const format = responseFormat(new ExhaustSettings());
const names = { collectionName: 'Health', batchName: 'Autumn', titles: new Map([['do_content', 'Quiz 1']]) };

/** A producer with every port in memory, and what a report of its batch should hold. */
export class ResponseStage {
  private readonly ports = reportPorts();
  readonly table = this.ports.table;
  readonly archive = this.ports.archive;
  readonly ledger = this.ports.ledger;
  readonly reference = this.ports.reference;
  readonly enrolments = this.ports.enrolments;
  readonly profiles = this.ports.profiles;
  readonly contentNames = this.ports.names;
  readonly sink = this.ports.sink;
  readonly order = this.ports.order;
  readonly warnings: string[] = [];
  readonly percents: number[] = [];
  readonly changes: string[] = [];
  private readonly producer: ProduceResponseReport;

  constructor() {
    const { batches, hierarchies, encoder } = this.ports;
    const { table, archive, ledger, reference, enrolments, profiles, contentNames } = this;
    batches.add({ courseId: 'do_course', batchId }, names.batchName);
    const children = [...names.titles].map(([identifier, name]) => ({ identifier, name }));
    hierarchies.add('do_course', JSON.stringify({ name: names.collectionName, children }));
    const warn = (message: string) => void this.warnings.push(message);
    const attempts = new AttemptsOfBatch({ live: table, archive, ledger, reference, tokenOf: hashToken, warn });
    const naming = new ReportNaming(hierarchies, batches, contentNames);
    const learners = new ReportLearners(enrolments, profiles);
    this.producer = new ProduceResponseReport(attempts, learners, naming, encoder, new ExhaustSettings());
  }

  async produce(order: Partial<ReportOrder> = {}) {
    const { details, ...report } = await this.producer.produce(
      { batchId, format: 'csv', includeUnenrolled: true, ...order },
      { sink: this.sink, name: 'report' },
      {
        signal: new AbortController().signal,
        advanced: (percent) => this.percents.push(percent),
        restarted: (change) => this.changes.push(change),
      },
    );
    return { ...report, ...details };
  }

  get written(): Buffer {
    return this.sink.reports.get('report') ?? Buffer.alloc(0);
  }

  rowsOfFile(bytes = this.written): string[][] {
    return parse(bytes, { record_delimiter: '\n' });
  }

  rowsOf(...attempts: StoredAttempt[]): string[][] {
    return [
      [...responseColumns],
      ...[...attempts].sort(this.order).flatMap((attempt) => responseRows(attempt, names, format)),
    ];
  }

  /** What the archiver does to rows: published first, then gone from the table. */
  async move(rows: readonly WrittenAttempt[], isoWeek: number): Promise<Manifest> {
    const manifest = this.archive.publish(weekOf(isoWeek), rows);
    for (const row of rows) await this.table.delete(row);
    return manifest;
  }
}
