import { describeAttemptRows } from './attempt-rows.contract';
import { InMemoryAttemptRows } from './in-memory-attempt-rows';
import { InMemoryScoreBook } from './in-memory-score-book';
import { describeScoreBook } from './score-book.contract';

describeScoreBook('InMemoryScoreBook', () => new InMemoryScoreBook());
describeAttemptRows('InMemoryAttemptRows', 'unified', () => new InMemoryAttemptRows());
describeAttemptRows('InMemoryAttemptRows', 'split', () => new InMemoryAttemptRows());
