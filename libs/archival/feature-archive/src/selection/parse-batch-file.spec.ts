import { parseBatchFile } from './parse-batch-file';

describe('parseBatchFile', () => {
  it('reads ids and collections, and leaves comments, empty lines and spaces out', () => {
    const text = '# spring\r\n0130\n\n  0131 , do_113 \n0132 # the last one\nba#tch\r';
    expect(parseBatchFile(text)).toEqual({
      kind: 'read',
      batches: [
        { batchId: '0130' },
        { batchId: '0131', collectionId: 'do_113' },
        { batchId: '0132' },
        { batchId: 'ba#tch' },
      ],
    });
  });

  it('says of every broken line what is wrong with it', () => {
    expect(parseBatchFile('0130\n,do_113\n0131,\n0132,do_1,do_2\n')).toEqual({
      kind: 'broken',
      problems: [
        'line 2 has no batch id',
        'line 3 has no collection behind the comma',
        'line 4 has more than a batch and a collection',
      ],
    });
  });

  it.each(['', '\n\n', '# nothing'])('takes %j for broken: it would otherwise mean nothing, or everything', (text) => {
    expect(parseBatchFile(text)).toEqual({ kind: 'broken', problems: ['there is no batch in it'] });
  });
});
