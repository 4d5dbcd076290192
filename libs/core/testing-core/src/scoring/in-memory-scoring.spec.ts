import { describeAttemptRows } from './attempt-rows.contract';
import { CellwiseAttemptRows } from './cellwise/cellwise-attempt-rows';
import { CellwiseScoreBook } from './cellwise/cellwise-score-book';
import { InMemoryAttemptRows } from './in-memory-attempt-rows';
import { InMemoryScoreBook } from './in-memory-score-book';
import { describeScoreBook } from './score-book.contract';

describeScoreBook('InMemoryScoreBook', () => new InMemoryScoreBook());
describeScoreBook('CellwiseScoreBook', () => new CellwiseScoreBook());
describeAttemptRows('InMemoryAttemptRows', 'unified', () => new InMemoryAttemptRows());
describeAttemptRows('InMemoryAttemptRows', 'split', () => new InMemoryAttemptRows());
describeAttemptRows('CellwiseAttemptRows', 'unified', () => new CellwiseAttemptRows('unified'));
describeAttemptRows('CellwiseAttemptRows', 'split', () => new CellwiseAttemptRows('split'));
