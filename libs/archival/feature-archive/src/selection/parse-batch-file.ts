import { type BatchSelection } from './batch-selection';

/** What a batch file says, or what is wrong with it: one sentence a line that cannot be read. */
export type BatchFile =
  | { readonly kind: 'read'; readonly batches: readonly BatchSelection[] }
  | { readonly kind: 'broken'; readonly problems: readonly string[] };

/**
 * Reads a list of batches: a batch id a line, optionally `,<collection>`. Empty lines, and what follows a `#` at the
 * beginning of a line or after a space, are left out; so are spaces around ids. A file without any batch is broken.
 */
export function parseBatchFile(text: string): BatchFile {
  const batches: BatchSelection[] = [];
  const problems: string[] = [];
  text.split(/\r\n|\r|\n/).forEach((line, index) => {
    const content = line.replace(/(^|\s)#.*$/, '').trim();
    if (content === '') return;
    const [batchId = '', collectionId, ...more] = content.split(',').map((part) => part.trim());
    if (batchId === '') problems.push(`line ${index + 1} has no batch id`);
    else if (collectionId === '') problems.push(`line ${index + 1} has no collection behind the comma`);
    else if (more.length > 0) problems.push(`line ${index + 1} has more than a batch and a collection`);
    else batches.push({ batchId, ...(collectionId === undefined ? {} : { collectionId }) });
  });
  if (batches.length === 0 && problems.length === 0) problems.push('there is no batch in it');
  return problems.length > 0 ? { kind: 'broken', problems } : { kind: 'read', batches };
}
