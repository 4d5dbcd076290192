import { rowKeyOrder } from '@scorekeep/core/domain-archive';
import { type StoredAttempt, type WrittenAttempt } from '@scorekeep/core/domain-scoring';
import { hashToken } from '../archive/hash-token';
import { ReportEncoder } from '@scorekeep/core/domain-exhaust';
import { InMemoryArchivalLedger } from '../archive/in-memory-archival-ledger';
import { InMemoryByteStreams } from '../archive/in-memory-byte-streams';
import { anAnswer, aRow } from '../scoring/attempts.builder';
import { InMemoryArchiveReader } from './in-memory-archive-reader';
import { InMemoryContentNames } from './in-memory-content-names';
import { InMemoryCourseBatches } from './in-memory-course-batches';
import { InMemoryCourseHierarchies } from './in-memory-course-hierarchies';
import { InMemoryEnrolments } from './in-memory-enrolments';
import { InMemoryLearnerProfiles } from './in-memory-learner-profiles';
import { InMemoryReferenceFiles } from './in-memory-reference-files';
import { InMemoryReportSink } from './in-memory-report-sink';
import { ShiftingBatchAttempts } from './shifting-batch-attempts';

const firstTimeMs = 1_700_000_000_000;

/** Every port that a report reads from, in memory and empty. Rows are in the order of `hashToken`. */
export function reportPorts() {
  const order = rowKeyOrder(hashToken);
  return {
    order,
    sink: new InMemoryReportSink(),
    encoder: new ReportEncoder(new InMemoryByteStreams()),
    profiles: new InMemoryLearnerProfiles(),
    table: new ShiftingBatchAttempts(order),
    archive: new InMemoryArchiveReader(order),
    reference: new InMemoryReferenceFiles(),
    ledger: new InMemoryArchivalLedger(),
    enrolments: new InMemoryEnrolments(),
    batches: new InMemoryCourseBatches(),
    hierarchies: new InMemoryCourseHierarchies(),
    names: new InMemoryContentNames(),
  };
}

/** A learner's attempt with one answer, whose score is `version`: the higher, the later and the greater. */
export function aVersion(userId: string, version = 0, given: Partial<StoredAttempt> = {}): WrittenAttempt {
  const timeMs = firstTimeMs + version * 1000;
  const row = aRow({ timeMs, answers: [anAnswer({ score: version, etsMs: timeMs })] });
  return { ...row, userId, ...given, writeTimeUs: BigInt(timeMs) * 1000n };
}
